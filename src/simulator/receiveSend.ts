import type { IncomingMessage, ServerResponse } from 'node:http'

import { writeAnswer, waitSlow } from './writeAnswer.ts'
import type { FaultRule } from './faultRules.ts'
import { readBody } from './readBody.ts'
import type { State } from './state.ts'
import type { AnyFault, Incoming, Message, Provider, Taken } from './types.ts'

/** Longer than any client waits. */
const SLOW_SECONDS = 60
const RETRY_SECONDS = 1

export type Send = {
  provider: Provider
  params: Record<string, string>
  request: IncomingMessage
  response: ServerResponse
  state: State
  onAccepted: (messages: Message[], fault: AnyFault | null) => void
}

/**
 * Receives one request to a provider: applies a fault, stores the messages, logs the request and
 * answers. Messages are stored before the answer is written, so that a lost answer leaves an
 * accepted message.
 */
export const receiveSend = async (send: Send): Promise<void> => {
  const { onAccepted, params, provider, request, response, state } = send
  const body = await readBody(request)
  const { headers } = request
  const rule = state.faults.next(provider.name)
  const fault = rule?.fault ?? null
  const now = state.clock.now()
  const { answer, messages } = body
    ? acceptOrRefuse({ provider, rule, incoming: { headers, params, body, now } })
    : { answer: { status: 413 }, messages: [] }

  const at = now.toISOString()
  const accepted = messages.map((message): Message => ({
    provider: provider.name,
    at,
    ...message,
    reported: null,
  }))
  for (const message of accepted) state.messages.add(message)
  state.requests.add({
    provider: provider.name,
    at,
    method: request.method ?? '',
    path: request.url ?? '',
    status: fault === 'reset-after-accept' || fault === 'truncated' ? null : answer.status,
    code: answer.code ?? null,
    fault,
    ids: [...new Set(accepted.map(({ id }) => id))],
  })
  onAccepted(accepted, fault)
  if (fault === 'slow') await waitSlow(response, rule?.seconds ?? SLOW_SECONDS)
  writeAnswer({ answer, response, fault })
}

type Take = { provider: Provider; rule: FaultRule | null; incoming: Incoming }

const acceptOrRefuse = ({ provider, rule, incoming }: Take): Taken => {
  const refusal = rule ? provider.refusals[rule.fault] : undefined
  if (!refusal) return provider.take(incoming)
  const seconds = rule?.seconds ?? RETRY_SECONDS
  return { answer: refusal({ now: incoming.now, seconds }), messages: [] }
}
