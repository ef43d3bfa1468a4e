import { z } from 'zod'

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

/**
 * Parses reports, each once, in either format that an account can choose: version 2 is a form with
 * a JSON field `data`, version 3 is one JSON object.
 *
 * @throws DomainError `webhook.malformed`
 */
export const parseMsg91 = ({ rawBody }: { rawBody: Buffer }): DeliveryEvent[] => {
  const body = rawBody.toString()
  if (body.trimStart().startsWith('{')) {
    return [toEvent(readJson({ text: body, shape: V3, provider: 'msg91' }))]
  }
  const data = new URLSearchParams(body).get('data')
  if (data === null) throw malformedReport('msg91', ['data'])
  const events = readJson({ text: data, shape: V2, provider: 'msg91' }).flatMap((request) =>
    request.report.map((each) => toEvent({ ...each, requestId: request.requestId })),
  )
  return [...new Map(events.map((event) => [event.eventId, event])).values()]
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
