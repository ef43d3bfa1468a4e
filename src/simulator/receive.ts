import type { IncomingMessage, ServerResponse } from 'node:http'

import { answerWith } from './answerWith.ts'
import type { Dial } from './faults.ts'
import { readBody } from './readBody.ts'
import type { State } from './state.ts'
import { untilSlow } from './untilSlow.ts'
import type { AnyFault, Incoming, Message, Provider, Taken } from './types.ts'

/** Longer than any sender waits. */
const SLOW_SECONDS = 60
const RETRY_SECONDS = 1

export type Received = {
  provider: Provider
  params: Record<string, string>
  request: IncomingMessage
  response: ServerResponse
  state: State
  onAccepted: (messages: Message[], fault: AnyFault | null) => void
}

/**
 * One request to a provider: its answer, its log, its faults. A message is stored before anything
 * of the answer leaves, so that a lost answer leaves an accepted message.
 */
export const receive = async (received: Received): Promise<void> => {
  const { onAccepted, params, provider, request, response, state } = received
  const body = await readBody(request)
  const { headers } = request
  const dial = state.faults.next(provider.name)
  const fault = dial?.fault ?? null
  const now = state.clock.now()
  const { answer, messages } = body
    ? take({ provider, dial, incoming: { headers, params, body, now } })
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
  if (fault === 'slow') await untilSlow(response, dial?.seconds ?? SLOW_SECONDS)
  answerWith({ answer, response, fault })
}

type Take = { provider: Provider; dial: Dial | null; incoming: Incoming }

const take = ({ provider, dial, incoming }: Take): Taken => {
  const refusal = dial ? provider.refusals[dial.fault] : undefined
  if (!refusal) return provider.take(incoming)
  const seconds = dial?.seconds ?? RETRY_SECONDS
  return { answer: refusal({ now: incoming.now, seconds }), messages: [] }
}
