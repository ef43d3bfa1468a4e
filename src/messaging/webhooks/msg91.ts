import { z } from 'zod'

import type { DeliveryEvent } from '../types.ts'
import { isSameSecret } from './isSameSecret.ts'
import { malformed, readJson } from './readJson.ts'
import type { Verdict } from './verdict.ts'

/** MSG91 signs nothing: the address it reports to holds a secret. */
export const verifyMsg91 = ({ given, secret }: { secret: string; given: string }): Verdict =>
  isSameSecret(secret, given) ? 'genuine' : 'forged'

/** Numbers come with and without quotes. */
const text = z.union([z.string(), z.number()]).transform(String)
const Report = z.object({
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
    // Indian time, without saying so (inferred: the documentation names no zone).
    .transform((date) => `${date.replace(' ', 'T')}+05:30`)
    .refine((date) => !Number.isNaN(Date.parse(date)), 'no such moment'),
  number: text.pipe(z.string().regex(/^\d+$/)),
  status: text,
  desc: text.nullish(),
  failedReason: text.nullish(),
  CRQID: text.nullish(),
})
const V2 = z.array(z.object({ requestId: text, report: z.array(Report) }))
const V3 = Report.extend({ requestId: text })

/**
 * Reports, each once, in either of the forms an account can choose: version 2, a form whose field `data` is
 * JSON, or version 3, one JSON object.
 * @throws DomainError `webhook.malformed`
 */
export const parseMsg91 = ({ rawBody }: { rawBody: Buffer }): DeliveryEvent[] => {
  const body = rawBody.toString()
  if (body.trimStart().startsWith('{')) {
    return [eventOf(readJson({ text: body, shape: V3, provider: 'msg91' }))]
  }
  const data = new URLSearchParams(body).get('data')
  if (data === null) throw malformed('msg91', ['data'])
  const events = readJson({ text: data, shape: V2, provider: 'msg91' }).flatMap((request) =>
    request.report.map((each) => eventOf({ ...each, requestId: request.requestId })),
  )
  return [...new Map(events.map((event) => [event.eventId, event])).values()]
}

const eventOf = (report: z.output<typeof V3>): DeliveryEvent => ({
  provider: 'msg91',
  eventId: `${report.requestId}:${report.number}:${report.status}`,
  notificationId: isOurs(report.CRQID) ? report.CRQID : null,
  providerMessageId: report.requestId,
  // A number on a register or a list of MSG91's is no wish of the member's: nothing is suppressed.
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
  9: 'failed', // on the register of those who want no advertising
  16: 'failed', // rejected
  17: 'failed', // blocked number
  25: 'failed', // rejected
}

/** 0 where the request carried none. */
const isOurs = (id: string | null | undefined): id is string => Boolean(id) && id !== '0'
