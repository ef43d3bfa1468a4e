import { setTimeout as wait } from 'node:timers/promises'

import { createLocalReq } from 'payload'

import { inTransaction } from '../../../src/database/inTransaction.ts'
import { orderConfirmed } from '../../../src/messaging/templates/orderConfirmed.ts'
import { otp } from '../../../src/messaging/templates/otp.ts'
import { queueNotifications } from '../../../src/messaging/outbox/queueNotifications.ts'
import { openAgenda } from '../../../src/server/jobs/openAgenda.ts'
import type { BuiltProduct } from '../../support/startBuiltProduct.ts'
import type { Finding } from '../types.ts'

/** The proof fails if a condition is not met by then. */
const GIVE_UP_MS = 45 * 60_000

/** Queues bulk mails. Their keys and addresses contain the label and a number. */
export const queueMany = async ({ payload }: BuiltProduct, count: number, label: string) => {
  const BATCH = 2_000
  for (let from = 0; from < count; from += BATCH) {
    const notices = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => ({
      key: `${label}:${from + index}`,
      template: { ...orderConfirmed, lane: 'bulk' as const },
      data: { ...orderConfirmed.sample, orderNumber: `${label}-${from + index}` },
      to: { email: `m${from + index}@${label}.test` },
    }))
    const req = await createLocalReq({}, payload)
    await inTransaction(req, () => queueNotifications(req, notices, new Date()))
  }
}

/** Queues a code every 250 ms until the signal aborts. */
export const sendCodes = async (product: BuiltProduct, label: string, over: AbortSignal) => {
  for (let index = 0; !over.aborted; index += 1) {
    const req = await createLocalReq({}, product.payload)
    const notice = {
      key: `${label}:${index}`,
      template: otp,
      data: { code: '123456' },
      to: { email: `c${index}@${label}.test` },
    }
    await inTransaction(req, () => queueNotifications(req, [notice], new Date()))
    await wait(250)
  }
}

const untilTrue = async ({ query }: BuiltProduct, text: string, values: unknown[] = []) => {
  const giveUp = Date.now() + GIVE_UP_MS
  while (Date.now() < giveUp) {
    const [row] = await query<{ isSo: boolean }>(text, values)
    if (row?.isSo) return
    await wait(500)
  }
  throw new Error(`The condition was not met within ${GIVE_UP_MS / 60_000} min: ${text}`)
}

export const untilNoneWaits = (product: BuiltProduct, label: string): Promise<void> =>
  untilTrue(
    product,
    `select not exists (select 1 from notifications where dedupe_key like $1
       and status in ('pending', 'sending', 'unknown')) as "isSo"`,
    [`${label}:%`],
  )

/** Requests one-off jobs. Each writes one row. */
export const requestJobs = async ({ web }: BuiltProduct, count: number) => {
  const agenda = await openAgenda({ databaseUrl: web.databaseUrl, onError: () => undefined })
  await agenda.ready
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    for (let n = lane; n < count; n += 8) await agenda.now('leave-sign', { n })
  })
  await Promise.all(lanes)
}

export const untilSigns = (product: BuiltProduct, count: number): Promise<void> =>
  untilTrue(product, `select count(*) >= $1 as "isSo" from inbound_events where source = 'sign'`, [
    count,
  ])

/** At most this share of the mails that wait when a code is written may be sent before it. */
const MAX_SHARE_BEFORE = 1 / 3

/**
 * Counts, for all codes together, the mails that waited when a code was written, and those sent
 * before it.
 */
export const measureOvertaking = async (
  { query }: BuiltProduct,
  codes: string,
  mails: string,
): Promise<Pick<Finding, 'holds' | 'seen'>> => {
  const [row] = await query<{ waiting: number; before: number }>(
    `select count(*)::int as waiting, (count(*) filter (where m.sent_at < c.sent_at))::int as before
     from notifications c join notifications m
       on m.created_at <= c.created_at and m.sent_at > c.created_at
     where c.dedupe_key like $1 and m.dedupe_key like $2 and c.status = 'sent'`,
    [`${codes}:%`, `${mails}:%`],
  )
  const { before, waiting } = row ?? { before: 0, waiting: 0 }
  return {
    holds: waiting > 0 && before <= waiting * MAX_SHARE_BEFORE,
    seen: `${before} of ${waiting} waiting mails were sent before a code, for all codes together`,
  }
}

/** Measures the seconds from writing a code to sending it. */
export const measureCodes = async ({ query }: BuiltProduct, label: string) => {
  const [row] = await query<{ p99: number; longest: number; count: number }>(
    `select percentile_cont(0.99) within group (order by s)::float8 as p99, max(s)::float8 as longest,
       count(*)::int as count
     from (select extract(epoch from sent_at - created_at) as s from notifications
       where dedupe_key like $1 and status = 'sent') t`,
    [`${label}:%`],
  )
  return row ?? { p99: Infinity, longest: Infinity, count: 0 }
}
