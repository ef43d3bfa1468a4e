import { sql } from '@payloadcms/db-postgres'
import { createLocalReq, initTransaction, killTransaction, type Payload } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { now as clockNow } from '../../platform/clock.ts'
import type { RejectedRow, TransactionRow } from '../networks/types.ts'
import { type IngestedPage, ingestRows, lockIngestion } from './ingestPage.ts'

/** The changes that rows would make; amounts in minor units, by currency. */
export type DryCounts = IngestedPage & {
  cashback: Record<string, { credited: number; takenBack: number }>
}

type TrialRows = {
  network: string
  rows: TransactionRow[]
  rejected: RejectedRow[]
  /** The time that the rows are of; null for now. */
  observedAt: Date | null
  /** Ends the trial between two database transactions. */
  signal?: AbortSignal | undefined
}

/**
 * The number of rows of one database transaction: few, so that their locks are released before they
 * block others.
 */
const CHUNK_ROWS = 500

/**
 * Returns the changes that rows of a network would make: they are ingested in database transactions
 * that are rolled back. Each transaction is given once, in its latest observation.
 */
export const tryRows = async (
  payload: Payload,
  { network, observedAt, rejected, rows, signal }: TrialRows,
): Promise<DryCounts> => {
  // An order and its reversals stay together: the cashback of one depends on the others.
  const orderOf = ({ externalId, orderId, reversalOf }: TransactionRow) =>
    reversalOf ?? orderId ?? externalId
  const sorted = [...rows].sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
  const none = { rows: 0, created: 0, changed: 0, unattributed: 0, quarantined: 0 }
  const total: DryCounts = { ...none, cashback: {} }
  for (let start = 0; start === 0 || start < sorted.length; start += CHUNK_ROWS) {
    signal?.throwIfAborted()
    const part = { rows: sorted.slice(start, start + CHUNK_ROWS), rejected: start ? [] : rejected }
    addTo(total, await tryChunk(payload, { network, observedAt, ...part }))
  }
  return total
}

const tryChunk = async (
  payload: Payload,
  { network, observedAt, ...page }: Omit<TrialRows, 'signal'>,
): Promise<DryCounts> => {
  const req = await createLocalReq({}, payload)
  await initTransaction(req)
  try {
    const db = await dbIn(req)
    await lockIngestion(db, network)
    const now = clockNow()
    const batch = {
      networkId: network,
      runId: null,
      pageId: null,
      observedAt: observedAt ?? now,
      now,
    }
    const ingested = await ingestRows(req, batch, page)
    return { ...ingested, cashback: await sumMoved(db, { network, now }) }
  } finally {
    await killTransaction(req)
  }
}

type Moved = { currency: string; credited: string; takenBack: string }

const sumMoved = async (db: Database, { network, now }: { network: string; now: Date }) => {
  const at = now.toISOString()
  const { rows } = await db.execute<Moved>(sql`
    select w.currency,
      coalesce(sum(w.amount_minor) filter (where w.kind = 'cashback'), 0) as credited,
      coalesce(sum(w.amount_minor) filter (where w.kind = 'clawback'), 0) as "takenBack"
    from wallet_transactions w
    join cashback_events e on e.id = w.cashback_event_id
    join network_transactions s on s.id = e.transaction_id
    where e.updated_at = ${at} and w.occurred_at = ${at} and s.network_id = ${network}
    group by w.currency`)
  return Object.fromEntries(
    rows.map(({ credited, currency, takenBack }) => [
      currency,
      { credited: Number(credited), takenBack: Number(takenBack) },
    ]),
  )
}

const addTo = (total: DryCounts, { cashback, ...counts }: DryCounts): void => {
  for (const [name, count] of Object.entries(counts)) {
    total[name as keyof IngestedPage] += count
  }
  for (const [currency, moved] of Object.entries(cashback)) {
    const sum = (total.cashback[currency] ??= { credited: 0, takenBack: 0 })
    sum.credited += moved.credited
    sum.takenBack += moved.takenBack
  }
}
