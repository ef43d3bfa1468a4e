import { z } from 'zod'

import { CashfreeTransfer, readTransfer } from '../drivers/cashfree.ts'
import type { ReadWebhook, ReceivedReport } from '../drivers/types.ts'
import { isRecent, isSigned, parseBody } from './isSigned.ts'

/**
 * Creates the reader of Cashfree's webhooks, version 2: `x-webhook-signature` is the base64 HMAC of
 * `x-webhook-timestamp` and the body. The secret is the oldest client secret that is active, so
 * several are accepted. Source: cashfree.com/docs/api-reference/payouts/v2/webhooks.
 *
 * A webhook has no event id: an event is its transfer, its type and its code.
 */
export const createCashfreeWebhook =
  ({ secrets }: { secrets: readonly string[] }): ReadWebhook =>
  ({ headers, now, raw }) => {
    const signature = headers['x-webhook-signature']
    const timestamp = headers['x-webhook-timestamp']
    if (!signature || !timestamp) return Promise.resolve({ check: 'unsigned', reports: [] })
    const content = Buffer.concat([Buffer.from(timestamp), raw])
    if (!isSigned({ secrets, content, encoding: 'base64', signature })) {
      return Promise.resolve({ check: 'forged', reports: [] })
    }
    if (!isRecent(timestamp, now)) return Promise.resolve({ check: 'stale', reports: [] })
    return Promise.resolve({ check: 'genuine', reports: readReports(raw) })
  }

/** Events of a transfer. ACKNOWLEDGED: the beneficiary's bank confirmed the credit. */
const EVENTS: ReadonlySet<string> = new Set([
  'TRANSFER_SUCCESS',
  'TRANSFER_ACKNOWLEDGED',
  'TRANSFER_FAILED',
  'TRANSFER_REVERSED',
  'TRANSFER_REJECTED',
])

const Event = z.object({
  type: z.string(),
  event_time: z.string().nullish(),
  // Some accounts get the transfer one level deeper.
  data: z.union([CashfreeTransfer, z.object({ transfer: CashfreeTransfer })]),
})

const readReports = (raw: Buffer): ReceivedReport[] => {
  const { data } = Event.safeParse(parseBody(raw))
  if (!data || !EVENTS.has(data.type)) return []
  const transfer = 'transfer' in data.data ? data.data.transfer : data.data
  return [
    {
      ...readTransfer(transfer),
      provider: 'cashfree',
      eventId: [transfer.transfer_id, data.type, transfer.status_code ?? ''].join(':'),
      key: transfer.transfer_id,
      at: readTime(data.event_time ?? ''),
    },
  ]
}

const INDIA = '+05:30'

/** Indian time where no zone is written (inferred). */
const readTime = (text: string): string | null => {
  const hasZone = /(z|[+-]\d{2}:?\d{2})$/i.test(text)
  const date = new Date(hasZone ? text : `${text.replace(' ', 'T')}${INDIA}`)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
