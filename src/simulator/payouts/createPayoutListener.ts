import type { IncomingMessage, ServerResponse } from 'node:http'

import type { FaultRule } from '../faultRules.ts'
import { parseJson, readBody } from '../readBody.ts'
import type { State } from '../state.ts'
import type { Answer, AnyFault } from '../types.ts'
import { waitSlow, writeAnswer } from '../writeAnswer.ts'
import type { PayoutWebhooks } from './createPayoutWebhooks.ts'
import { isPayoutFault } from './faults.ts'
import type { Payment } from './createBank.ts'
import type { PayoutProvider, PayoutRequest, PayoutRoute } from './types.ts'

type Options = {
  state: State
  webhooks: PayoutWebhooks
  onError: (response: ServerResponse) => (error: unknown) => void
}

/**
 * Creates the listener of all payout providers. It returns false if the path belongs to none of
 * them.
 */
export const createPayoutListener = ({ onError, state, webhooks }: Options) => {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const [, path = '', search = ''] = /^([^?]*)(.*)$/.exec(request.url ?? '') ?? []
    const provider = state.payoutProviders.find(({ basePath }) =>
      `${path}/`.startsWith(`${basePath}/`),
    )
    if (!provider) return false
    const target = { provider, path: path.slice(provider.basePath.length), search }
    serveRequest({ ...target, request, response, state, webhooks }).catch(onError(response))
    return true
  }
}

type ServeInput = {
  provider: PayoutProvider
  request: IncomingMessage
  response: ServerResponse
  state: State
  /** Below the base path. */
  path: string
  search: string
  webhooks: PayoutWebhooks
}

/** Serves one request: finds its route, applies a fault, logs it and answers. */
const serveRequest = async (input: ServeInput): Promise<void> => {
  const { path, provider, response, search, state } = input
  const body = (await readBody(input.request)) ?? Buffer.alloc(0)
  const baseUrl = `http://${input.request.headers.host ?? 'localhost'}${provider.basePath}`
  state.payoutBaseUrls.set(provider.name, baseUrl)
  const route = findRoute(provider, input.request.method ?? '', path)
  const parsed: PayoutRequest = {
    params: route?.params ?? {},
    query: new URLSearchParams(search),
    headers: input.request.headers,
    body,
    json: parseJson(body),
    now: state.clock.now(),
    baseUrl,
  }
  state.bank.moveDue()
  const rule = route ? nextFault(route.route, input) : null
  const fault = rule?.fault ?? null
  const { answer, placed } = route
    ? answerRoute({ ...input, parsed, route: route.route, rule })
    : { answer: provider.refusals.notFound(), placed: [] }
  state.requests.add({
    provider: provider.name,
    at: parsed.now.toISOString(),
    method: input.request.method ?? '',
    path: input.request.url ?? '',
    status: isCut(fault) || fault === 'truncated' ? null : answer.status,
    code: answer.code ?? null,
    fault,
    ids: placed.map(({ id }) => id),
  })
  if (fault === 'webhook-before-answer') {
    placed.forEach((payment) => state.bank.settle(payment))
    await input.webhooks.untilSent()
  }
  if (fault === 'timeout') await waitSlow(response, rule?.seconds ?? SILENT_SECONDS)
  writeAnswer({ answer, response, fault: isCut(fault) ? 'reset-after-accept' : fault })
  for (const payment of placed) if (payment.state === 'failed') state.bank.announce(payment)
}

/** Longer than any client waits. */
const SILENT_SECONDS = 60

const isCut = (fault: AnyFault | null): boolean =>
  fault === 'accepted-and-cut' || fault === 'cut-before'

type FoundRoute = { route: PayoutRoute; params: Record<string, string> }

const findRoute = (provider: PayoutProvider, method: string, path: string): FoundRoute | null => {
  for (const route of provider.routes) {
    const match = method === route.method ? route.path.exec(path) : null
    if (match) return { route, params: match.groups ?? {} }
  }
  return null
}

const nextFault = (route: PayoutRoute, { provider, state }: ServeInput): FaultRule | null =>
  route.kind === 'other'
    ? null
    : state.faults.next(
        provider.name,
        (fault, { isForLookUps = false }) =>
          isPayoutFault(fault, provider.faults) && isForLookUps === (route.kind === 'look-up'),
      )

type AnswerInput = ServeInput & {
  parsed: PayoutRequest
  route: PayoutRoute
  rule: FaultRule | null
}

/** A refusal, or the route's own answer with the payments that it placed. */
const answerRoute = (input: AnswerInput): { answer: Answer; placed: Payment[] } => {
  const { parsed, provider, route, rule, state } = input
  const fault = rule?.fault ?? null
  const refusal = refuse(input)
  if (refusal) return { answer: refusal, placed: [] }
  const placed: Payment[] = []
  const answer = route.answer(parsed, {
    bank: state.bank,
    fault,
    place: (order) => {
      const full = { ...order, provider: provider.name }
      const payment = state.bank.place(full, fault, rule?.seconds)
      placed.push(payment)
      return payment
    },
  })
  if (fault === '500-after') return { answer: provider.refusals.serverError(), placed }
  if (fault === 'conflict-while-running') return { answer: provider.refusals.conflict(), placed }
  return { answer, placed }
}

const refuse = ({ parsed, provider, route, rule }: AnswerInput): Answer | null => {
  const { refusals } = provider
  if (route.kind !== 'other') {
    const refusal = provider.authorize(parsed)
    if (refusal) return refusal
  }
  switch (rule?.fault) {
    case '429':
      return withRetryAfter(refusals.rateLimited(), rule.seconds)
    case '500-before':
      return refusals.serverError()
    case 'unauthorized':
      return refusals.unauthorized()
    case 'cut-before':
      return { status: 500 }
    default:
      return null
  }
}

const withRetryAfter = (answer: Answer, seconds: number | undefined): Answer =>
  seconds === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } }
