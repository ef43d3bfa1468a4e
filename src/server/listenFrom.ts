import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const MAX_TRIES = 20

/**
 * Listens on a port and returns it. A port that is taken is an error or, with `mayMove`, a reason
 * to try the next.
 */
export const listenFrom = async (
  server: Server,
  { host, mayMove = false, port }: { host: string | undefined; mayMove?: boolean; port: number },
): Promise<number> => {
  for (let tried = port; ; tried += 1) {
    try {
      return await listen(server, tried, host)
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!isTaken || !mayMove || tried >= port + MAX_TRIES) throw error
    }
  }
}

/**
 * How many connections may wait to be accepted. A thousand at once overflow Node's default of 511:
 * the system drops the rest, and a dropped client tries again only after a second. Linux limits the
 * number to `net.core.somaxconn`.
 */
const BACKLOG = 4_096

const listen = (server: Server, port: number, host: string | undefined): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
