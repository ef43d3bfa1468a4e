import { z } from 'zod'

import type { Channel, Locale, Outcome, SmsMessage } from '../types.ts'
import { exchange } from './exchange.ts'
import { MSG91_RULINGS } from './msg91Rulings.ts'
import { type Answer, outcomeOfStatus } from './outcomeOfStatus.ts'
import { postFlow } from './postFlow.ts'

export type Msg91Settings = {
  authKey: string
  /** The registered DLT text of each event and language, by the name of our template. */
  templates?: Partial<Record<string, Partial<Record<Locale, string>>>> | undefined
  /** For events without a text of their own. */
  templateId?: string | undefined
  /** Used by MSG91 only where the registered text leaves the sender open. */
  senderId?: string | undefined
  baseUrl?: string | undefined
  timeoutMs?: number | undefined
  maxPerSecond?: number | undefined
}

/**
 * SMS in India through MSG91's Flow API: operators deliver registered texts only, so what goes out
 * is the id of a text and the values of its variables.
 */
export const msg91 = (settings: Msg91Settings): Channel<SmsMessage> => ({
  name: 'msg91',
  kind: 'sms',
  // Not documented.
  maxPerSecond: settings.maxPerSecond ?? 20,
  send: (message, { signal }) => {
    const templateId = templateOf(message, settings)
    if (!templateId) return Promise.resolve(NO_TEMPLATE)
    return exchange({
      to: message.to,
      signal,
      timeoutMs: settings.timeoutMs,
      ask: (deadline) =>
        postFlow({ settings, deadline, flow: flowOf(message, templateId, settings) }),
      judge,
    })
  },
})

const NO_TEMPLATE: Outcome = {
  kind: 'permanent',
  code: 'no-template',
  detail: 'no registered text for this event: MSG91_TEMPLATES, MSG91_TEMPLATE_ID',
}

/** English before the fallback: its text has the same variables, the fallback's may have others. */
const templateOf = ({ locale, template }: SmsMessage, settings: Msg91Settings) => {
  const own = settings.templates?.[template]
  return own?.[locale] ?? own?.en ?? settings.templateId
}

const flowOf = (
  { id, to, variables }: SmsMessage,
  templateId: string,
  settings: Msg91Settings,
) => ({
  template_id: templateId,
  ...(settings.senderId ? { sender: settings.senderId } : {}),
  short_url: '0',
  realTimeResponse: '1',
  // CRQID comes back in delivery reports; that Flow takes it is inferred, not documented.
  recipients: [{ ...variables, CRQID: id, mobiles: to.replaceAll(/\D/g, '') }],
})

const Reply = z.object({
  type: z.string(),
  message: z.string(),
  code: z.coerce.string().optional(),
})

/** The body decides, also in a 200; a server that failed is believed before its body. */
const judge = (answer: Answer): Outcome => {
  const { data: reply } = Reply.safeParse(answer.body)
  const isTaken = answer.status >= 200 && answer.status < 300
  if (isTaken && reply?.type === 'success') {
    return { kind: 'accepted', providerMessageId: reply.message }
  }
  const isRefused = reply?.type === 'error' && answer.status < 500 && answer.status !== 429
  const known = isRefused
    ? MSG91_RULINGS.find(({ says }) => says.test(reply.message) || says.test(reply.code ?? ''))
    : undefined
  return outcomeOfStatus({
    answer,
    code: known?.code ?? (isTaken && !isRefused ? 'malformed-reply' : `http-${answer.status}`),
    detail: reply?.message ?? 'no reason given',
    // Refused in a 200 without a known reason: certainly not sent, so worth another try.
    ruling: known?.ruling ?? (isTaken && isRefused ? 'retry' : undefined),
  })
}
