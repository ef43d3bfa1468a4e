import { createHash } from 'node:crypto'

import { z } from 'zod'

import { RazorpayxPayout, readPayout } from '../drivers/razorpayx.ts'
import type { ReadWebhook, ReceivedReport } from '../drivers/types.ts'
import { isSigned, parseBody } from './isSigned.ts'

/**
 * Creates the reader of RazorpayX webhooks: `X-Razorpay-Signature` is the hex HMAC of the body. After
 * a change of the secret, earlier events keep the old one, so two are accepted. Nothing is stale:
 * RazorpayX repeats an event for 24 hours, and signs no time. Source: razorpay.com/docs/webhooks.
 */
export const createRazorpayxWebhook =
  ({ secrets }: { secrets: readonly string[] }): ReadWebhook =>
  ({ headers, raw }) => {
    const signature = headers['x-razorpay-signature']
    if (!signature) return Promise.resolve({ check: 'unsigned', reports: [] })
    if (!isSigned({ secrets, content: raw, encoding: 'hex', signature })) {
      return Promise.resolve({ check: 'forged', reports: [] })
    }
    const reports = readReports(raw, headers['x-razorpay-event-id'])
    return Promise.resolve({ check: 'genuine', reports })
  }

/** Events of a payout. `updated` brings the bank's reference or another reason. */
const EVENTS: ReadonlySet<string> = new Set([
  'payout.pending',
  'payout.rejected',
  'payout.queued',
  'payout.initiated',
  'payout.processed',
  'payout.updated',
  'payout.reversed',
  'payout.failed',
])

const Event = z.object({
  event: z.string(),
  payload: z.object({ payout: z.object({ entity: RazorpayxPayout }) }),
  created_at: z.number().positive().max(8.64e12).nullish(),
})

const readReports = (raw: Buffer, eventId: string | undefined): ReceivedReport[] => {
  const { data } = Event.safeParse(parseBody(raw))
  if (!data || !EVENTS.has(data.event)) return []
  const { entity } = data.payload.payout
  return [
    {
      ...readPayout(entity),
      provider: 'razorpayx',
      eventId: eventId ?? createHash('sha256').update(raw).digest('hex'),
      key: entity.reference_id || null,
      at: data.created_at ? new Date(data.created_at * 1000).toISOString() : null,
    },
  ]
}
