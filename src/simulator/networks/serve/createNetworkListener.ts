import type { IncomingMessage, ServerResponse } from 'node:http'

import { readBody } from '../../readBody.ts'
import type { State } from '../../state.ts'
import type { Answer } from '../../types.ts'
import type { Network, NetworkRequest, Resource } from '../types.ts'
import { answerOf } from './answerOf.ts'
import { sendAnswer } from './sendAnswer.ts'

/** Answers for every network; false where the address is none of theirs. */
export const createNetworkListener = (state: State, onError: OnError) => {
  const names = new Map(state.networks.map((network) => [`/${network.name}`, network]))
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const [, name = '', path = '', search] = /^(\/[^/?]*)([^?]*)(.*)$/.exec(request.url ?? '') ?? []
    const network = names.get(name)
    if (!network) return false
    const asked = { network, method: request.method ?? '', path }
    serve({ asked, query: new URLSearchParams(search), request, response, state }).catch(
      onError(response),
    )
    return true
  }
}

type OnError = (response: ServerResponse) => (error: unknown) => void
type Asked = { network: Network; method: string; path: string }
type Served = {
  asked: Asked
  query: URLSearchParams
  request: IncomingMessage
  response: ServerResponse
  state: State
}

/** One request: what it is for, its fault, its answer, its log. */
const serve = async ({ asked, query, request, response, state }: Served): Promise<void> => {
  const body = await readBody(request)
  const now = state.clock.now()
  const { network } = asked
  const { params, resource } = routeOf(asked)
  const taken: NetworkRequest = {
    params,
    query,
    form: new URLSearchParams(body?.toString()),
    headers: request.headers,
    now,
  }
  const path = request.url ?? ''
  const { answer, dial, rows } =
    resource && body
      ? answerOf({ network, path, request: taken, resource, state })
      : { answer: body ? nowhere(network, asked) : { status: 413 }, dial: null, rows: 0 }
  const fault = dial?.fault ?? null
  state.requests.add({
    provider: network.name,
    at: now.toISOString(),
    method: asked.method,
    path,
    status: fault === 'reset-after-accept' || fault === 'truncated' ? null : answer.status,
    code: answer.code ?? null,
    fault,
    ids: [],
    rows,
  })
  await sendAnswer({ answer, fault, response, seconds: dial?.seconds })
}

type Route = { resource: Resource | 'list' | null; params: Record<string, string> }

const routeOf = ({ method, network, path }: Asked): Route => {
  if (method === 'GET' && network.list.path.test(path)) return { resource: 'list', params: {} }
  for (const resource of network.resources) {
    const match = method === resource.method ? resource.path.exec(path) : null
    if (match) return { resource, params: match.groups ?? {} }
  }
  return { resource: null, params: {} }
}

/** Logged too: a wrong path is a mistake to be found. */
const nowhere = (network: Network, { method, path }: Asked): Answer => ({
  status: 404,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error: `The simulator's ${network.title} has no ${method} ${path}.` }),
  code: 'no such resource',
})
