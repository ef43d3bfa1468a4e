import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { Socket } from 'node:net'

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
export const createEdgeServer = (listener: RequestListener, own: Partial<Limits> = {}): Server => {
  const limits = { ...LIMITS, ...own }
  const server = createServer(
    {
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      connectionsCheckingInterval: limits.checkEveryMs,
    },
    limitPipelining(limits.maxPipelined, listener),
  )
  server.timeout = limits.idleTimeoutMs
  server.maxConnections = limits.maxConnections
  server.maxRequestsPerSocket = limits.maxRequestsPerSocket
  server.maxHeadersCount = MAX_HEADERS
  return server
}

/** Node begins every request that it has parsed, however many of the connection are unanswered. */
const limitPipelining = (max: number, listener: RequestListener): RequestListener => {
  const unanswered = new WeakMap<Socket, number>()
  return (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request
    const count = (unanswered.get(socket) ?? 0) + 1
    unanswered.set(socket, count)
    response.once('close', () => {
      unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1)
    })
    if (count <= max) {
      listener(request, response)
      return
    }
    const error = { code: 'request.pipelined', message: 'Wait for answers before you send more.' }
    response.writeHead(503, { 'Content-Type': 'application/json', Connection: 'close' })
    response.end(JSON.stringify({ errors: [error] }))
  }
}
