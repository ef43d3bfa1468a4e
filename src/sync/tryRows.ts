import { sql } from '@payloadcms/db-postgres'
import { createLocalReq, initTransaction, killTransaction, type Payload } from 'payload'

import { now as clockNow } from '../clock.ts'
import { type Database, transactionOf } from '../ledger/transactionOf.ts'
import type { RejectedRow, SaleRow } from '../networks/types.ts'
import { lockNetwork } from './lockNetwork.ts'
import { type ReducedPage, reduceRows } from './reduceRows.ts'

/** What would become of rows; amounts in minor units, by currency. */
export type Trial = ReducedPage & {
  cashback: Record<string, { credited: number; takenBack: number }>
}

type Tried = { network: string; rows: SaleRow[]; rejected: RejectedRow[] }

/** So few that what is locked meanwhile is free again before anybody notices. */
const BATCH = 500

/** Reduces rows as a run would, in transactions that are rolled back, and counts. */
export const tryRows = async (
  payload: Payload,
  { network, rejected, rows }: Tried,
): Promise<Trial> => {
  // An order and its returns together: what one is worth depends on the others.
  const orderOf = ({ externalId, orderId, returnOf }: SaleRow) => returnOf ?? orderId ?? externalId
  const sorted = [...rows].sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
  const total: Trial = { rows: 0, created: 0, changed: 0, orphans: 0, quarantined: 0, cashback: {} }
  for (let start = 0; start === 0 || start < sorted.length; start += BATCH) {
    const batch = sorted.slice(start, start + BATCH)
    add(total, await tryBatch(payload, { network, rows: batch, rejected: start ? [] : rejected }))
  }
  return total
}

const tryBatch = async (payload: Payload, { network, ...page }: Tried): Promise<Trial> => {
  const req = await createLocalReq({}, payload)
  await initTransaction(req)
  try {
    const db = await transactionOf(req)
    await lockNetwork(db, network)
    const now = clockNow()
    const batch = { network, run: null, storedAs: null, observedAt: now, now }
    const whole = { ...page, raw: null, total: null }
    const done = await reduceRows(req, { ...batch, page: whole })
    return { ...done, cashback: await movedBy(db, { network, now }) }
  } finally {
    await killTransaction(req)
  }
}

type Moved = { currency: string; credited: string; takenBack: string }

const movedBy = async (db: Database, { network, now }: { network: string; now: Date }) => {
  const at = now.toISOString()
  const { rows } = await db.execute<Moved>(sql`
    select w.currency, coalesce(sum(w.amount_minor) filter (where w.kind = 'cashback'), 0) as credited,
      coalesce(sum(w.amount_minor) filter (where w.kind = 'clawback'), 0) as "takenBack"
    from wallet_transactions w join cashback_events e on e.id = w.cashback_event_id
    join network_transactions s on s.id = e.sale_id
    where e.updated_at = ${at} and w.occurred_at = ${at} and s.network_id = ${network}
    group by w.currency`)
  return Object.fromEntries(
    rows.map(({ credited, currency, takenBack }) => [
      currency,
      { credited: Number(credited), takenBack: Number(takenBack) },
    ]),
  )
}

const add = (total: Trial, { cashback, ...counts }: Trial): void => {
  for (const [name, count] of Object.entries(counts)) {
    total[name as keyof ReducedPage] += count
  }
  for (const [currency, moved] of Object.entries(cashback)) {
    const sum = (total.cashback[currency] ??= { credited: 0, takenBack: 0 })
    sum.credited += moved.credited
    sum.takenBack += moved.takenBack
  }
}
