import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { Socket } from 'node:net'

import { makeRefusal, type Refusal, sendRefusal } from './makeRefusal.ts'

type Limits = {
  /** How long the head of a request may take, from the connection on. */
  headersTimeoutMs: number
  /** How long a whole request may take to arrive: the largest file over a slow line. */
  requestTimeoutMs: number
  /** How long a connection waits for its next request. Longer than proxies do, or they meet a reset. */
  keepAliveTimeoutMs: number
  /** How long nothing may move on a connection, such as one of a client that does not read. */
  idleTimeoutMs: number
  /** How often the time-outs are checked. */
  checkEveryMs: number
  /** Connections at once, so that the limit of open files is never met. */
  maxConnections: number
  /** Requests of one connection in all; the last answer closes it. */
  maxRequestsPerSocket: number
  /** Requests of one connection that wait for their answer. */
  maxPipelined: number
}

type Options = Partial<Limits> & {
  /**
   * Returns the answer to a request that is refused before anything else looks at it; else null.
   * Its body is not read.
   */
  refuse?: (request: IncomingMessage) => Refusal | null
}

const LIMITS: Limits = {
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 120_000,
  keepAliveTimeoutMs: 65_000,
  idleTimeoutMs: 300_000,
  checkEveryMs: 5_000,
  maxConnections: 8_000,
  maxRequestsPerSocket: 1_000,
  maxPipelined: 16,
}

/** Far more than browsers and proxies send. */
const MAX_HEADERS = 200

/**
 * Creates the HTTP server of the web process, which no client can hold: a request that arrives too
 * slowly is answered 408 and its connection closed, half-open and idle connections are closed, and
 * of requests sent ahead of their answers (pipelined) those beyond 16 are answered 503
 * `request.pipelined`.
 */
export const createEdgeServer = (
  listener: RequestListener,
  { refuse = () => null, ...own }: Options = {},
): Server => {
  const limits = { ...LIMITS, ...own }
  const server = createServer(
    {
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      connectionsCheckingInterval: limits.checkEveryMs,
    },
    limitPipelining(limits.maxPipelined, { listener, refuse }),
  )
  server.timeout = limits.idleTimeoutMs
  server.maxConnections = limits.maxConnections
  server.maxRequestsPerSocket = limits.maxRequestsPerSocket
  server.maxHeadersCount = MAX_HEADERS
  return server
}

/** Node begins every request that it has parsed, however many of the connection are unanswered. */
const limitPipelining = (
  max: number,
  { listener, refuse }: { listener: RequestListener } & Required<Pick<Options, 'refuse'>>,
): RequestListener => {
  const unanswered = new WeakMap<Socket, number>()
  return (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request
    const earlier = unanswered.get(socket) ?? 0
    const refusal = earlier < max ? refuse(request) : PIPELINED
    if (refusal && earlier === 0) {
      // Past the response object, which costs more than all the rest of a refusal.
      socket.pause()
      socket.end(refusal.bytes)
      unanswered.set(socket, max) // nothing behind it begins
      return
    }
    unanswered.set(socket, earlier + 1)
    response.once('close', () => {
      unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1)
    })
    if (refusal) sendRefusal(response, refusal)
    else listener(request, response)
  }
}

const PIPELINED = makeRefusal({
  status: 503,
  code: 'request.pipelined',
  message: 'Wait for answers before you send more.',
})
