import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

import { listenLocally } from './listenLocally.ts'

type ReceivedRequest = { path: string; headers: IncomingHttpHeaders; body: string }

/** Starts a server for tests that keeps the requests it receives; `answer` writes the responses. */
export const listen = async (answer: (response: ServerResponse) => unknown) => {
  const received: ReceivedRequest[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ path: request.url ?? '', headers: request.headers, body })
      answer(response)
    })
  })
  return { received, ...(await listenLocally(server)) }
}
