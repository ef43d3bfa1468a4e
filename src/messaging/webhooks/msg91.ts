import { z } from 'zod'

import { now } from '../../platform/clock.ts'
import type { DeliveryEvent, WebhookCheck } from '../types.ts'
import { isSameSecret } from './isSameSecret.ts'
import { malformedReport, readJson } from './readJson.ts'

/** Checks the secret in the address for MSG91's reports, because MSG91 signs nothing. */
export const verifyMsg91 = ({ given, secret }: { secret: string; given: string }): WebhookCheck =>
  isSameSecret(secret, given) ? 'genuine' : 'forged'

/** Numbers come with and without quotes. */
const text = z.union([z.string(), z.number()]).transform(String)
const Report = z.object({
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
    // Indian time (inferred: the documentation names no zone).
    .transform((date) => `${date.replace(' ', 'T')}+05:30`)
    .refine((date) => !Number.isNaN(Date.parse(date)), 'no such instant'),
  number: text.pipe(z.string().regex(/^\d+$/)),
  status: text,
  desc: text.nullish(),
  failedReason: text.nullish(),
  CRQID: text.nullish(),
})
const V2 = z.array(z.object({ requestId: text, report: z.array(Report) }))
const V3 = Report.extend({ requestId: text })
const Dated = z.object({ date: z.unknown().optional() })

/**
 * Parses reports, each once, in each form that an account can choose: version 2 is a form with a
 * JSON field `data`, version 3 is one JSON object, version 4 a JSON list (`readV4`), and "Webhook
 * (New)" one JSON object with the fields that the account has chosen (`readChosenFields`).
 *
 * @throws DomainError `webhook.malformed`
 */
export const parseMsg91 = ({ rawBody }: { rawBody: Buffer }): DeliveryEvent[] => {
  const events = readEvents(rawBody.toString().replace(/^\uFEFF/, ''))
  return [...new Map(events.map((event) => [event.eventId, event])).values()]
}

const readEvents = (body: string): DeliveryEvent[] => {
  const [start] = body.trimStart()
  if (start === '[') return readV4(body)
  if (start === '{') {
    const { date } = readJson({ text: body, shape: Dated, provider: 'msg91' })
    if (date === undefined) return [readChosenFields(body)]
    return [toEvent(readJson({ text: body, shape: V3, provider: 'msg91' }))]
  }
  const data = new URLSearchParams(body).get('data')
  if (data === null) throw malformedReport('msg91', ['data'])
  return readJson({ text: data, shape: V2, provider: 'msg91' }).flatMap((request) =>
    request.report.map((each) => toEvent({ ...each, requestId: request.requestId })),
  )
}

const toEvent = (report: z.output<typeof V3>): DeliveryEvent => ({
  provider: 'msg91',
  eventId: `${report.requestId}:${report.number}:${report.status}`,
  notificationId: isOwnId(report.CRQID) ? report.CRQID : null,
  providerMessageId: report.requestId,
  // A number on a register or on a list of MSG91 is not the member's opt-out: nothing is suppressed.
  status: STATUSES[report.status] ?? 'sent',
  suppress: null,
  code: report.status,
  detail: [report.desc, report.failedReason].filter(Boolean).join(': ') || null,
  at: new Date(report.date).toISOString(),
})

/** https://msg91.com/help/webhooks/how-can-i-get-the-delivery-reports-on-my-webhook-url */
const STATUSES: Record<string, DeliveryEvent['status']> = {
  1: 'delivered',
  2: 'failed',
  9: 'failed', // on the do-not-disturb register
  16: 'failed', // rejected
  17: 'failed', // blocked number
  25: 'failed', // rejected
}

/** MSG91 reports 0 when the request carried no id. */
const isOwnId = (id: string | null | undefined): id is string => Boolean(id) && id !== '0'

/** Absent, empty, or a placeholder of the account's template that MSG91 did not fill in. */
const chosen = text
  .nullish()
  .transform((value) =>
    value && !/^(\{\{.*\}\}|null|0)$/.test(value.trim()) ? value.trim() : null,
  )
const Chosen = z
  .object({
    status: text.pipe(
      z
        .string()
        .trim()
        .regex(/^[^{\s]/),
    ),
    requestId: chosen,
    telNum: chosen,
    requestedAt: chosen,
    deliveryTime: chosen,
    failureReason: chosen,
    CRQID: chosen,
  })
  .refine(({ CRQID, requestId }) => CRQID ?? requestId, { path: ['requestId'], error: 'missing' })

/**
 * "Webhook (New)" sends the fields that the account's template names:
 * https://msg91.com/help/webhook-new/how-to-receive-sms-delivery-reports-via-webhook-new. A status
 * and one of the ids are enough for a report.
 */
const readChosenFields = (body: string): DeliveryEvent => {
  const report = readJson({ text: body, shape: Chosen, provider: 'msg91' })
  const { CRQID, failureReason, requestId, status } = report
  const at = readIndianTime(report.deliveryTime) ?? readIndianTime(report.requestedAt)
  return {
    provider: 'msg91',
    eventId: [requestId ?? CRQID, report.telNum?.replaceAll(/\D/g, '') ?? '', status].join(':'),
    notificationId: CRQID,
    providerMessageId: requestId,
    status: STATUSES[status] ?? classifyWord(status),
    suppress: null,
    code: status.slice(0, 100),
    detail: failureReason,
    at: (at ?? now()).toISOString(),
  }
}

const readIndianTime = (value: string | null): Date | null => {
  const { data } = Report.shape.date.safeParse(value)
  return data === undefined ? null : new Date(data)
}

/** The words are not documented. An unknown one, as of an accepted request, moves no message back. */
const classifyWord = (word: string): DeliveryEvent['status'] => {
  if (/^deliver(ed|y success)/i.test(word)) return 'delivered'
  return /fail|reject|block|ndnc|dnd|undeliver|expire|invalid/i.test(word) ? 'failed' : 'sent'
}

const V4 = z.array(
  z.object({
    event: text,
    data: z.array(
      z.object({
        meta: text.nullish(),
        INMSID: text.nullish(),
        description: text.nullish(),
        /** Seconds since 1970, as the documented sample has it. */
        ts: z.coerce.number().positive().max(8.64e12),
      }),
    ),
  }),
)

/**
 * Version 4 is made for CleverTap. It names neither the request nor the number, and that `meta`
 * returns our id is inferred: a report without it belongs to no message and is ignored later.
 */
const readV4 = (body: string): DeliveryEvent[] =>
  readJson({ text: body, shape: V4, provider: 'msg91' }).flatMap(({ data, event }) =>
    data.map(({ description, INMSID, meta, ts }) => ({
      provider: 'msg91',
      eventId: ['v4', meta ?? '0', INMSID ?? '0', event, ts].join(':'),
      notificationId: isOwnId(meta) ? meta : null,
      providerMessageId: null,
      status: STATUSES[event] ?? classifyWord(event),
      suppress: null,
      code: event.slice(0, 100),
      detail: description || null,
      at: new Date(ts * 1000).toISOString(),
    })),
  )
