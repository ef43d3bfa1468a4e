import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createListener } from './createListener.ts'

export type Simulator = { url: string; close: () => Promise<void> }

/**
 * Starts the messaging providers, the affiliate networks and the payout providers on one port, each
 * below its name: `/sendgrid`, `/twilio`, `/msg91`, `/admitad`, `/razorpayx/v1`, and so on. Their wire formats follow documentation
 * and public clients, and were never checked against a live account. `/control` sets fault rules
 * and orders, and lists what was received; `/`, `/networks` and `/bank` show it to people. All state is in
 * memory.
 */
export const startSimulator = async ({
  host = '127.0.0.1',
  port = 0,
}: { host?: string; port?: number } = {}): Promise<Simulator> => {
  const ended = new AbortController()
  const server = createServer(createListener({ signal: ended.signal }))
  // A keep-alive connection that closes just as a request arrives would look like a lost answer.
  server.keepAliveTimeout = 600_000
  const listening = await listen(server, port, host)
  return {
    url: `http://${host}:${listening}`,
    close: () => {
      ended.abort()
      return closeServer(server)
    },
  }
}

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => {
      resolve((server.address() as AddressInfo).port)
    })
  })

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })
