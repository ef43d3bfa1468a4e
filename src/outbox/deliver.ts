import { now as clockNow } from '../clock.ts'
import { readerOf } from '../ledger/readerOf.ts'
import { claim } from './claim.ts'
import { deliverBatch } from './deliverBatch.ts'
import type { Delivery } from './delivery.ts'
import { leaseToken } from './leaseHolders.ts'
import { openLanes } from './openLanes.ts'
import type { Completion } from './types.ts'

/** Rows by how their attempt ended; `stale` are those that were no longer ours by then. */
export type DeliveryReport = Record<Completion['status'] | 'stale', number>

/** Sends what is due in these lanes, batch by batch, until nothing is or the process is to stop. */
export const deliver = async (delivery: Delivery): Promise<DeliveryReport> => {
  const report = { sent: 0, pending: 0, dead: 0, unknown: 0, suppressed: 0, stale: 0 }
  const db = await readerOf({ payload: delivery.payload })
  const { leaseMs, limit } = claimOf(delivery)
  while (!delivery.signal.aborted) {
    const token = leaseToken(delivery.payload)
    const lanes = await openLanes(db, delivery.lanes)
    const rows = await claim(db, { lanes, leaseMs, limit, now: clockNow(), token })
    if (rows.length === 0) break
    const { completions, ours } = await deliverBatch({ delivery, db, leaseMs, rows, token })
    for (const { status } of completions) report[status] += 1
    report.stale += rows.length - ours
  }
  return report
}

/** Codes are few and urgent: small claims, short leases. */
const claimOf = ({ lanes, settings }: Delivery) =>
  lanes.includes('otp')
    ? { leaseMs: settings.otpLeaseMs, limit: 5 }
    : { leaseMs: settings.leaseMs, limit: settings.concurrency }
