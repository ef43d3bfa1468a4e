import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

import { readBody } from '../../readBody.ts'
import type { State } from '../../state.ts'
import type { Answer, AnyFault } from '../../types.ts'
import { writeAnswer, waitSlow } from '../../writeAnswer.ts'
import type { Network, NetworkRequest, Resource } from '../types.ts'
import { buildAnswer } from './buildAnswer.ts'

/** Creates the listener of all networks. It returns false if the path belongs to none of them. */
export const createNetworkListener = (state: State, onError: OnError) => {
  const names = new Map(state.networks.map((network) => [`/${network.name}`, network]))
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const [, name = '', path = '', search] = /^(\/[^/?]*)([^?]*)(.*)$/.exec(request.url ?? '') ?? []
    const network = names.get(name)
    if (!network) return false
    const target = { network, method: request.method ?? '', path }
    serveRequest({ target, query: new URLSearchParams(search), request, response, state }).catch(
      onError(response),
    )
    return true
  }
}

type OnError = (response: ServerResponse) => (error: unknown) => void
type RequestTarget = { network: Network; method: string; path: string }
type ServeInput = {
  target: RequestTarget
  query: URLSearchParams
  request: IncomingMessage
  response: ServerResponse
  state: State
}

/** Serves one request: finds its route, applies a fault, logs it and answers. */
const serveRequest = async ({
  query,
  request,
  response,
  state,
  target,
}: ServeInput): Promise<void> => {
  const body = await readBody(request)
  const now = state.clock.now()
  const { network } = target
  const { params, resource } = findRoute(target)
  const parsed: NetworkRequest = {
    params,
    query,
    form: new URLSearchParams(body?.toString()),
    headers: request.headers,
    now,
  }
  const path = request.url ?? ''
  const { answer, rule, rows } =
    resource && body
      ? buildAnswer({ network, path, request: parsed, resource, state })
      : { answer: body ? notFound(network, target) : { status: 413 }, rule: null, rows: 0 }
  const fault = rule?.fault ?? null
  state.requests.add({
    provider: network.name,
    at: now.toISOString(),
    method: target.method,
    path,
    status: fault === 'reset-after-accept' || fault === 'truncated' ? null : answer.status,
    code: answer.code ?? null,
    fault,
    ids: [],
    rows,
  })
  await sendAnswer({ answer, fault, response, seconds: rule?.seconds })
}

type Route = { resource: Resource | 'list' | null; params: Record<string, string> }

const findRoute = ({ method, network, path }: RequestTarget): Route => {
  if (method === 'GET' && network.list.path.test(path)) return { resource: 'list', params: {} }
  for (const resource of network.resources) {
    const match = method === resource.method ? resource.path.exec(path) : null
    if (match) return { resource, params: match.groups ?? {} }
  }
  return { resource: null, params: {} }
}

/** It is logged too, so that a wrong path can be found. */
const notFound = (network: Network, { method, path }: RequestTarget): Answer => ({
  status: 404,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error: `The simulator's ${network.title} has no ${method} ${path}.` }),
  code: 'no such resource',
})

/** Longer than any client waits. */
const SLOW_SECONDS = 60
const DRIP_MS = 20

type SendInput = {
  answer: Answer
  fault: AnyFault | null
  seconds: number | undefined
  response: ServerResponse
}

/** Sends an answer, over a connection with the given fault. */
const sendAnswer = async (input: SendInput): Promise<void> => {
  const { answer, fault, response, seconds = SLOW_SECONDS } = input
  if (fault === 'slow') await waitSlow(response, seconds)
  if (fault === 'slow-body') await sendSlowly(response, answer, seconds)
  else if (isZipped(fault) && answer.body !== undefined) sendZipped(response, answer, answer.body)
  else writeAnswer({ answer, response, fault })
}

const isZipped = (fault: AnyFault | null): boolean => fault === 'gzip' || fault === 'gzip-bomb'

/** Sends byte by byte, and the rest when the time is over. */
const sendSlowly = async (
  response: ServerResponse,
  answer: Answer,
  seconds: number,
): Promise<void> => {
  const body = Buffer.from(answer.body ?? '')
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(body.length) })
  const steps = Math.min(Math.floor((seconds * 1000) / DRIP_MS), body.length - 1)
  let sent = 0
  for (; sent < steps && !response.destroyed; sent += 1) {
    response.write(body.subarray(sent, sent + 1))
    await waitSlow(response, DRIP_MS / 1000)
  }
  response.end(body.subarray(Math.max(0, sent)))
}

const sendZipped = (response: ServerResponse, { headers, status }: Answer, body: string): void => {
  const zipped = gzipSync(body)
  const size = { 'content-encoding': 'gzip', 'content-length': String(zipped.length) }
  response.writeHead(status, { ...headers, ...size }).end(zipped)
}
