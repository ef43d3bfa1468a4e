import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../../database/dbIn.ts'
import { computeCashback } from '../../../domain/cashback/cashback.ts'
import { isFurtherAlong, type TransactionStatus } from '../../../domain/cashback/transaction.ts'
import type { TransactionRow } from '../../networks/types.ts'
import { applyCashback } from '../applyCashback.ts'
import { type LoadedTransaction, loadTransactions } from '../loadTransactions.ts'
import { matchReversals } from '../matchReversals.ts'
import type { PostbackNetwork } from '../networkStore.ts'
import {
  type StoredTransactions,
  storeTransactions,
} from '../transactionStore/storeTransactions.ts'
import {
  type AcceptedRow,
  applyProvisionalStatus,
  type PostbackRow,
  recordProvisionalStatus,
  sumAccepted,
} from '../transactionStore/recordProvisional.ts'
import type { Batch } from '../types.ts'

export type ReadablePostback = { receivedAt: string; row: TransactionRow }
type IngestInput = {
  network: PostbackNetwork
  now: Date
  /** The oldest order that the API still lists (`findOldestListed`); null: it lists all changes. */
  listedSince: Date | null
  postbacks: ReadablePostback[]
}

/**
 * Ingests postbacks of one network, given oldest first, in the caller's database transaction, which
 * holds `lockIngestion`. New transactions are provisional. The postbacks of a trusted network also
 * move money, up to its cap.
 */
export const ingestPostbacks = async (
  req: PayloadRequest,
  { listedSince, network, now, postbacks }: IngestInput,
): Promise<void> => {
  const db = await dbIn(req)
  // All take the time of the oldest, so that any report of the API since then replaces them.
  const observedAt = new Date(postbacks[0]?.receivedAt ?? now)
  const batch = { networkId: network.id, runId: null, pageId: null, observedAt, now }
  const rows = keepLast(postbacks)
  const stored = await storeUnknown(db, batch, rows)
  const matched = await matchReversals(db, stored.toMatch)
  const accepted = await acceptProvisional(db, { network, rows, now, observedAt, listedSince })
  // An order that the API had declined, or did not know, may count now: reversals may find it.
  const matchedAgain = await matchReversals(db, accepted)
  const ids = [...stored.ids, ...stored.affected, ...matched, ...accepted, ...matchedAgain]
  await applyCashback(req, { ids: [...new Set(ids)], now })
}

/** Keeps the last of several postbacks about one transaction. */
const keepLast = (postbacks: ReadablePostback[]): PostbackRow[] => [
  ...new Map(
    postbacks.map(({ receivedAt, row }) => [row.externalId, { ...row, receivedAt }]),
  ).values(),
]

/**
 * Records the reports of postbacks beside the stored transactions. A new transaction becomes
 * pending, whatever status its postback has, so that its member sees that it was tracked; with an
 * unmapped status it becomes `unknown`.
 */
const storeUnknown = async (
  db: Database,
  batch: Omit<Batch, 'isProvisional'>,
  rows: PostbackRow[],
): Promise<StoredTransactions> => {
  const known = await listKnownIds(db, batch.networkId, rows)
  const fresh = rows.filter(({ externalId }) => !known.has(externalId)).map(toPending)
  const stored = await storeTransactions(db, { ...batch, isProvisional: true }, fresh)
  await recordProvisionalStatus(db, { network: batch.networkId, now: batch.now }, rows)
  return stored
}

const toPending = (row: PostbackRow): TransactionRow => {
  const status: TransactionStatus = row.status === 'unknown' ? 'unknown' : 'pending'
  return { ...row, status }
}

const listKnownIds = async (
  db: Database,
  network: string,
  rows: PostbackRow[],
): Promise<Set<string>> => {
  const ids = JSON.stringify(rows.map(({ externalId }) => externalId))
  const { rows: known } = await db.execute<{ externalId: string }>(sql`
    select external_id as "externalId"
    from network_transactions
    where network_id = ${network}
      and external_id in (select jsonb_array_elements_text(${ids}::jsonb))`)
  return new Set(known.map(({ externalId }) => externalId))
}

type AcceptInput = Pick<Batch, 'now' | 'observedAt'> & {
  network: PostbackNetwork
  listedSince: Date | null
  rows: PostbackRow[]
}

/**
 * Accepts the reports of a trusted network's postbacks for members' transactions, up to its caps for
 * one transaction and for a day; the others stay provisional.
 * The next report of its API replaces them, and those that it never lists are withdrawn. So an order
 * that is too old for the API to list it again is not accepted. A postback has no time of change and
 * may come late. So it only moves a transaction further along, and never one that the API approved
 * or that was observed later.
 * Returns the ids of the changed transactions.
 */
export const acceptProvisional = async (
  db: Database,
  { listedSince, network, now, observedAt, rows }: AcceptInput,
): Promise<string[]> => {
  if (!network.isTrusted || network.trustedCapMinor === null) return []
  const transactions = await loadByExternalId(db, network.id, rows)
  let leftMinor = network.trustedDayCapMinor - (await sumAccepted(db, { network: network.id, now }))
  const accepted = rows.flatMap((row): AcceptedRow[] => {
    const transaction = transactions.get(row.externalId)
    const isAccepted =
      transaction !== undefined &&
      row.commissionMinor >= 0 &&
      isListed(transaction, listedSince) &&
      isWithinCap(network, transaction, row) &&
      isProgress(row, transaction)
    if (!isAccepted) return []
    const acceptedMinor = computeGrowth(transaction, row)
    if (acceptedMinor > leftMinor) return []
    leftMinor -= acceptedMinor
    return [{ ...row, acceptedMinor }]
  })
  if (accepted.length === 0) return []
  return applyProvisionalStatus(db, { network: network.id, now, observedAt, rows: accepted })
}

const isListed = ({ eventAt }: LoadedTransaction, since: Date | null): boolean =>
  since === null || new Date(eventAt) >= since

const isProgress = ({ status }: PostbackRow, transaction: LoadedTransaction): boolean =>
  transaction.status !== 'approved' && isFurtherAlong(status, transaction.status)

/**
 * Returns true if neither the member's whole share nor the credited part of it exceeds the
 * network's cap. The cap is in the network's currency, and limits no other.
 */
const isWithinCap = (
  { currency, trustedCapMinor }: PostbackNetwork,
  transaction: LoadedTransaction,
  row: PostbackRow,
): boolean => {
  const largestMinor = Math.max(
    computeShareOf(transaction, row),
    transaction.event?.creditedMinor ?? 0,
  )
  return (
    row.currency === currency &&
    transaction.currency === currency &&
    largestMinor <= (trustedCapMinor ?? 0)
  )
}

/** The member's whole share of the transaction as a postback reports it. */
const computeShareOf = (transaction: LoadedTransaction, row: PostbackRow): number =>
  computeCashback({
    commissionMinor: row.commissionMinor,
    reversedMinor: transaction.reversedMinor,
    saleMinor: row.saleMinor ?? transaction.saleMinor,
    rate: transaction.rate,
  })

/** The credit that the report adds, not below zero. */
const computeGrowth = (transaction: LoadedTransaction, row: PostbackRow): number => {
  const isCredited = row.status === 'approved' || row.status === 'paid'
  const creditedMinor = transaction.event?.creditedMinor ?? 0
  return isCredited ? Math.max(0, computeShareOf(transaction, row) - creditedMinor) : 0
}

/**
 * Loads members' transactions by the network's ids, without reversals, unattributed ones, and those
 * that were withdrawn because the API does not list them.
 */
const loadByExternalId = async (
  db: Database,
  network: string,
  rows: PostbackRow[],
): Promise<Map<string, LoadedTransaction>> => {
  const ids = JSON.stringify(rows.map(({ externalId }) => externalId))
  const { rows: found } = await db.execute<{ id: string; externalId: string }>(sql`
    select id::text, external_id as "externalId"
    from network_transactions
    where network_id = ${network}
      and reversal_of is null
      and commission_minor >= 0
      and withdrawn_at is null
      and external_id in (select jsonb_array_elements_text(${ids}::jsonb))`)
  const externalIds = new Map(found.map(({ externalId, id }) => [id, externalId]))
  const transactions = await loadTransactions(db, [...externalIds.keys()])
  return new Map(
    transactions.flatMap((transaction) => {
      const externalId = externalIds.get(transaction.id)
      return externalId === undefined ? [] : [[externalId, transaction]]
    }),
  )
}
