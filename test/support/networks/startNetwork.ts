import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

import { listenLocally } from '../listenLocally.ts'

export type ReceivedRequest = {
  method: string
  url: URL
  headers: IncomingHttpHeaders
  form: Record<string, string>
}
export type Reply =
  | { status?: number; headers?: Record<string, string>; json?: unknown; body?: string | Buffer }
  | ((response: ServerResponse) => unknown)

/**
 * Starts a server that stands in for a network: it keeps the requests it receives, and `answer`
 * decides each response.
 */
export const startNetwork = async (replyTo: (request: ReceivedRequest) => Reply) => {
  const received: ReceivedRequest[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const now = {
        method: request.method ?? '',
        url: new URL(request.url ?? '', 'http://network.test'),
        headers: request.headers,
        form: Object.fromEntries(new URLSearchParams(body)),
      }
      received.push(now)
      const reply = replyTo(now)
      if (typeof reply === 'function') return reply(response)
      const { headers = {}, json, status = 200 } = reply
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      return response.end(reply.body ?? (json === undefined ? '' : JSON.stringify(json)))
    })
  })
  return { received, ...(await listenLocally(server)) }
}
