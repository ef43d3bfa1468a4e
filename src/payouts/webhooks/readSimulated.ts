import { z } from 'zod'

import { readSimulatedPayout, SimulatedPayout } from '../drivers/simulated.ts'
import type { ReadWebhook, ReceivedReport } from '../drivers/types.ts'
import { isRecent, isSigned, parseBody } from './isSigned.ts'

/**
 * Creates the reader of the simulated bank's webhooks: `x-bank-signature` is the hex HMAC of
 * `x-bank-timestamp`, a dot and the body.
 */
export const createSimulatedWebhook =
  ({ secrets }: { secrets: readonly string[] }): ReadWebhook =>
  ({ headers, now, raw }) => {
    const signature = headers['x-bank-signature']
    const timestamp = headers['x-bank-timestamp']
    if (!signature || !timestamp) return Promise.resolve({ check: 'unsigned', reports: [] })
    const content = Buffer.concat([Buffer.from(`${timestamp}.`), raw])
    if (!isSigned({ secrets, content, encoding: 'hex', signature })) {
      return Promise.resolve({ check: 'forged', reports: [] })
    }
    if (!isRecent(timestamp, now)) return Promise.resolve({ check: 'stale', reports: [] })
    return Promise.resolve({ check: 'genuine', reports: readReports(raw) })
  }

const Event = z.object({
  id: z.string().min(1),
  type: z.literal('payout.changed'),
  at: z.iso.datetime(),
  payout: SimulatedPayout,
})

const readReports = (raw: Buffer): ReceivedReport[] => {
  const { data } = Event.safeParse(parseBody(raw))
  if (!data) return []
  const { at, id: eventId, payout } = data
  return [{ ...readSimulatedPayout(payout), provider: 'simulated', eventId, key: payout.key, at }]
}
