import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { STRONG_ABOVE } from '../../domain/cashback/scoreMatch.ts'
import { lastKnownStatus } from '../ingestion/transactionStore/transactionSql.ts'
import { type Suggestion, suggestMembers } from './suggestMembers.ts'
import {
  loadUnattributed,
  type PendingAssignment,
  previewCashback,
  type UnattributedTransaction,
} from './loadUnattributed.ts'

export type UnattributedRow = {
  transaction: Pick<
    UnattributedTransaction,
    | 'commissionMinor'
    | 'currency'
    | 'eventAt'
    | 'externalId'
    | 'id'
    | 'merchant'
    | 'merchantName'
    | 'network'
    | 'networkName'
    | 'saleMinor'
    | 'status'
  > & { cashbackMinor: number }
  pending: PendingAssignment | null
  suggestions: Suggestion[]
}
export type UnattributedList = UnattributedSums & {
  /** The number of ranked transactions with a strong best match. */
  strong: number
  rows: UnattributedRow[]
}
type UnattributedSums = {
  total: number
  /** The order amounts by currency. An unknown amount counts as zero. */
  sums: { currency: string; amountMinor: number }[]
}

/** Only the newest transactions are ranked by their matches; older ones follow by age. */
const RANKED = 200
const MAX_SUGGESTIONS = 5

/**
 * Lists unattributed transactions, best match first, with their number and sums. At most seven
 * queries, for any number of rows.
 */
export const listUnattributed = async (
  db: Database,
  { limit, offset }: { limit: number; offset: number },
): Promise<UnattributedList> => {
  const ranked = await loadRows(db, await listIds(db, { limit: RANKED, offset: 0 }))
  ranked.sort((one, other) => bestScore(other) - bestScore(one)) // stable: of equals the newest first
  const page = ranked.slice(offset, offset + limit)
  const isMore = ranked.length === RANKED && page.length < limit
  const older = isMore
    ? await listIds(db, { limit: limit - page.length, offset: Math.max(offset, RANKED) })
    : []
  return {
    ...(await sumUnattributed(db)),
    strong: ranked.filter((row) => bestScore(row) > STRONG_ABOVE).length,
    rows: [...page, ...(await loadRows(db, older))],
  }
}

/**
 * The condition for a transaction `s` to be unattributed. It excludes declined transactions,
 * reversals, which follow their order, and orders of guests, unless a member claims the order.
 */
const IS_UNATTRIBUTED = sql`
  s.member_id is null
  and s.reversal_of is null
  and s.commission_minor >= 0
  and ${lastKnownStatus(sql`s`)} <> 'declined'
  and (s.click_id is null or exists (
    select 1
    from cashback_claims k
    where k.merchant_id = s.merchant_id
      and k.status = 'open'
      and k.order_key =
        upper(regexp_replace(coalesce(s.order_id, s.external_id), '[[:space:]-]', '', 'g'))))`

/** The newest first. */
const listIds = async (
  db: Database,
  { limit, offset }: { limit: number; offset: number },
): Promise<string[]> => {
  const { rows } = await db.execute<{ id: string }>(sql`
    select s.id::text from network_transactions s where ${IS_UNATTRIBUTED}
    order by s.event_at desc, s.id limit ${limit} offset ${offset}`)
  return rows.map(({ id }) => id)
}

const loadRows = async (db: Database, ids: string[]): Promise<UnattributedRow[]> => {
  const transactions = await loadUnattributed(db, ids)
  const suggestions = await suggestMembers(db, transactions)
  const byId = new Map(transactions.map((transaction) => [transaction.id, transaction]))
  return ids.flatMap((id) => {
    const transaction = byId.get(id)
    return transaction ? [toRow(transaction, suggestions.get(id) ?? [])] : []
  })
}

const toRow = (
  transaction: UnattributedTransaction,
  suggestions: Suggestion[],
): UnattributedRow => {
  const { commissionMinor, currency, eventAt, externalId, id, merchant, merchantName } = transaction
  const { network, networkName, pending, saleMinor, status } = transaction
  return {
    transaction: {
      id,
      network,
      networkName,
      externalId,
      merchant,
      merchantName,
      eventAt: new Date(eventAt).toISOString(),
      status,
      saleMinor,
      commissionMinor,
      cashbackMinor: previewCashback(transaction),
      currency,
    },
    pending,
    suggestions: suggestions.slice(0, MAX_SUGGESTIONS),
  }
}

const bestScore = ({ suggestions }: UnattributedRow): number => suggestions[0]?.score ?? 0

const sumUnattributed = async (db: Database): Promise<UnattributedSums> => {
  const { rows } = await db.execute<{ currency: string; count: string; amount: string }>(sql`
    select s.currency, count(*) as count, coalesce(sum(s.sale_minor), 0) as amount
    from network_transactions s where ${IS_UNATTRIBUTED} group by s.currency order by s.currency`)
  return {
    total: rows.reduce((sum, { count }) => sum + Number(count), 0),
    sums: rows.map(({ amount, currency }) => ({ currency, amountMinor: Number(amount) })),
  }
}

/** Counts unattributed transactions by network. A network without any is not in the map. */
export const countUnattributedByNetwork = async (db: Database): Promise<Map<string, number>> => {
  const { rows } = await db.execute<{ network: string; count: number }>(sql`
    select s.network_id::text as network, count(*)::int as count
    from network_transactions s where ${IS_UNATTRIBUTED} group by s.network_id`)
  return new Map(rows.map(({ count, network }) => [network, count]))
}
