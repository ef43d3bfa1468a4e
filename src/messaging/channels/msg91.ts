import { z } from 'zod'

import type { Channel, Locale, Outcome, SmsMessage } from '../types.ts'
import { type Answer, type Classification, classifyResponse, exchange } from './exchange.ts'

type Msg91Settings = {
  authKey: string
  /** The id of the registered DLT text, by the name of our template and the language. */
  templates?: Partial<Record<string, Partial<Record<Locale, string>>>> | undefined
  /** For templates without a text of their own. */
  templateId?: string | undefined
  /** MSG91 uses it only when the registered text names no sender. */
  senderId?: string | undefined
  baseUrl?: string | undefined
  timeoutMs?: number | undefined
  maxPerSecond?: number | undefined
}

/**
 * SMS in India through MSG91's Flow API. Operators deliver registered texts only, so a request
 * holds the id of a text and the values of its variables.
 */
export const msg91 = (settings: Msg91Settings): Channel<SmsMessage> => ({
  name: 'msg91',
  kind: 'sms',
  // MSG91 documents no limit.
  maxPerSecond: settings.maxPerSecond ?? 20,
  send: (message, { signal }) => {
    const templateId = findTemplateId(message, settings)
    if (!templateId) return Promise.resolve(NO_TEMPLATE)
    return exchange({
      to: message.to,
      signal,
      timeoutMs: settings.timeoutMs,
      request: (deadline) =>
        postFlow({ settings, deadline, flow: toFlow(message, templateId, settings) }),
      classify: toOutcome,
    })
  },
})

const NO_TEMPLATE: Outcome = {
  kind: 'permanent',
  code: 'no-template',
  detail: 'no registered text for this event: MSG91_TEMPLATES, MSG91_TEMPLATE_ID',
}

/** English before the fallback: it has the same variables, and the fallback may have others. */
const findTemplateId = ({ locale, template }: SmsMessage, settings: Msg91Settings) => {
  const own = settings.templates?.[template]
  return own?.[locale] ?? own?.en ?? settings.templateId
}

const toFlow = (
  { id, to, variables }: SmsMessage,
  templateId: string,
  settings: Msg91Settings,
) => ({
  template_id: templateId,
  ...(settings.senderId ? { sender: settings.senderId } : {}),
  short_url: '0',
  realTimeResponse: '1',
  // Delivery reports return CRQID; that Flow accepts it is inferred, not documented.
  recipients: [{ ...variables, CRQID: id, mobiles: to.replaceAll(/\D/g, '') }],
})

const Reply = z.object({
  type: z.string(),
  message: z.string(),
  code: z.coerce.string().optional(),
})

/** The body decides, also of a 200; but for 429 and 5xx the status decides. */
const toOutcome = (answer: Answer): Outcome => {
  const { data: reply } = Reply.safeParse(answer.body)
  const isTaken = answer.status >= 200 && answer.status < 300
  if (isTaken && reply?.type === 'success') {
    return { kind: 'accepted', providerMessageId: reply.message }
  }
  const isRefused = reply?.type === 'error' && answer.status < 500 && answer.status !== 429
  const known = isRefused
    ? REFUSALS.find(({ text }) => text.test(reply.message) || text.test(reply.code ?? ''))
    : undefined
  return classifyResponse({
    answer,
    code: known?.code ?? (isTaken && !isRefused ? 'malformed-reply' : `http-${answer.status}`),
    detail: reply?.message ?? 'no reason given',
    // Refused in a 200 without a known reason: certainly not sent, so it is retried.
    classification: known?.classification ?? (isTaken && isRefused ? 'retry' : undefined),
  })
}

const BASE_URL = 'https://control.msg91.com'

type Post = {
  settings: { authKey: string; baseUrl?: string | undefined }
  flow: object
  deadline: AbortSignal
}

/** Posts to MSG91's Flow API and returns the complete response. */
const postFlow = async ({ deadline, flow, settings }: Post): Promise<Answer> => {
  const base = (settings.baseUrl ?? BASE_URL).replace(/\/+$/, '')
  const response = await fetch(`${base}/api/v5/flow`, {
    method: 'POST',
    headers: {
      authkey: settings.authKey,
      accept: 'application/json',
      'content-type': 'application/json',
      // No keep-alive: a connection that closes while sending leaves an unknown outcome.
      connection: 'close',
    },
    body: JSON.stringify(flow),
    // A redirect would pass the key to another host.
    redirect: 'manual',
    signal: deadline,
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: parseJson(text),
  }
}

/** Undefined when a proxy responded with a page of its own. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/**
 * Permanent refusals of MSG91 by their text, because it documents hardly any code; the first match
 * decides. 418 is its code for an IP address that is not on the account's list, which is on by
 * default for new keys (https://msg91.com/help/api): only a setting changes that, not a retry.
 */
const REFUSALS: { text: RegExp; code: string; classification: Classification }[] = [
  { text: /^418$|whitelist/i, code: 'ip-not-whitelisted', classification: 'permanent' },
  { text: /template|flow|dlt/i, code: 'wrong-template', classification: 'permanent' },
  {
    text: /unsubscri|opt(ed)?[ -]?out|blocked number/i,
    code: 'opted-out',
    classification: 'opted-out',
  },
  { text: /mobile|recipient|number/i, code: 'bad-recipient', classification: 'permanent' },
  { text: /auth|unauthori[sz]ed/i, code: 'unauthorized', classification: 'permanent' },
  { text: /sender/i, code: 'wrong-sender', classification: 'permanent' },
  { text: /invalid json/i, code: 'malformed-request', classification: 'permanent' },
]
