import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { type CashbackRate, computeCashback } from '../../domain/cashback/cashback.ts'
import type { ScoredTransaction } from '../../domain/cashback/scoreMatch.ts'
import { DomainError } from '../../domain/errors.ts'
import { lastKnownStatus, REVERSED_MINOR } from '../ingestion/transactionStore/transactionSql.ts'
import { lockIngestion } from '../ingestion/ingestPage.ts'

/**
 * An unattributed transaction with everything that its assignment depends on. Amounts in minor
 * units.
 */
export type UnattributedTransaction = ScoredTransaction & {
  id: string
  network: string
  networkName: string
  externalId: string
  /** The transaction's merchant, else the merchant of the network's programme. */
  merchant: string | null
  merchantName: string
  status: string
  commissionMinor: number
  /** The amount that reversals take off the commission; not above zero. */
  reversedMinor: number
  /** The rate of a guest's click, else the merchant's, else the config's. */
  rate: CashbackRate
  /** The assignment that waits for a second person; null if there is none. */
  pending: PendingAssignment | null
}

export type PendingAssignment = {
  id: string
  member: string
  memberName: string | null
  requestedBy: string | null
  requestedByName: string | null
  createdAt: string
}

type Row = Omit<
  UnattributedTransaction,
  'commissionMinor' | 'rate' | 'reversedMinor' | 'saleMinor'
> & {
  saleMinor: string | null
  commissionMinor: string
  reversedMinor: string
  rateBasis: CashbackRate['basis']
  rateBps: number
}

/** Loads transactions by their ids, in no particular order. */
export const loadUnattributed = async (
  db: Database,
  ids: string[],
): Promise<UnattributedTransaction[]> => {
  if (ids.length === 0) return []
  const { rows } = await db.execute<Row>(sql`
    select s.id::text,
      s.network_id::text as network,
      n.name as "networkName",
      s.external_id as "externalId",
      m.id::text as merchant,
      coalesce(m.name, s.merchant_name, '') as "merchantName",
      ${lastKnownStatus(sql`s`)} as status,
      s.currency,
      to_json(s.event_at) #>> '{}' as "eventAt",
      to_json(s.clicked_at) #>> '{}' as "clickedAt",
      coalesce(s.order_id, s.external_id) as "orderNumber",
      s.sub_id as "subId",
      s.sale_minor as "saleMinor",
      s.commission_minor as "commissionMinor",
      ${REVERSED_MINOR} as "reversedMinor",
      coalesce(c.rate_basis::text, m.rate_basis::text, config.rate_basis::text) as "rateBasis",
      coalesce(c.rate_bps, m.rate_bps, config.rate_bps)::int as "rateBps",
      ${PENDING_ASSIGNMENT} as pending
    from network_transactions s
    join networks n on n.id = s.network_id
    cross join (select rate_basis, rate_bps from cashback_config limit 1) config
    left join lateral (
      select p._parent_id
      from merchants_programs p
      where s.merchant_id is null and p.network_id = s.network_id and p.program_id = s.program_id
      limit 1
    ) p on true
    left join merchants m on m.id = coalesce(s.merchant_id, p._parent_id)
    left join clicks c on c.id = s.click_id and coalesce(c.merchant_id = m.id, true)
    left join transaction_assignments a on a.transaction_id = s.id and a.status = 'pending'
    left join users u on u.id = a.member_id
    left join users by on by.id = a.requested_by_id
    where s.id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`)
  return rows.map(({ pending, rateBasis, rateBps, ...row }) => ({
    ...row,
    pending: pending && { ...pending, createdAt: new Date(pending.createdAt).toISOString() },
    saleMinor: row.saleMinor === null ? null : Number(row.saleMinor),
    commissionMinor: Number(row.commissionMinor),
    reversedMinor: Number(row.reversedMinor),
    rate: { basis: rateBasis, rateBps },
  }))
}

/** The pending assignment `a` with its member `u` and its requester `by`. */
const PENDING_ASSIGNMENT = sql`
  case when a.id is not null then json_build_object(
    'id', a.id,
    'member', a.member_id,
    'memberName', u.name,
    'requestedBy', a.requested_by_id,
    'requestedByName', by.name,
    'createdAt', a.created_at
  ) end`

/**
 * Loads a transaction for its assignment and locks its network until the database transaction ends,
 * so that no other assignment and no ingestion changes it in the meantime.
 *
 * @throws DomainError `request.not-found`
 * @throws DomainError `transaction.already-assigned` it has a member
 * @throws DomainError `transaction.declined`, `transaction.is-reversal` it cannot be assigned
 */
export const lockUnattributed = async (
  db: Database,
  transaction: string,
): Promise<UnattributedTransaction> => {
  const { rows: networks } = await db.execute<{ network: string }>(
    sql`select network_id::text as network from network_transactions where id = ${transaction}`,
  )
  if (!networks[0]) throw new DomainError('request.not-found', 'Not found.')
  await lockIngestion(db, networks[0].network)

  // A second query, so that it sees what was committed while it waited for the lock.
  const { rows } = await db.execute<{ hasMember: boolean; isReversal: boolean }>(sql`
    select member_id is not null as "hasMember",
      reversal_of is not null or commission_minor < 0 as "isReversal"
    from network_transactions where id = ${transaction}`)
  const [unattributed] = await loadUnattributed(db, [transaction])
  if (!rows[0] || !unattributed) throw new DomainError('request.not-found', 'Not found.')
  if (rows[0].hasMember) throw alreadyAssigned()
  if (rows[0].isReversal) {
    throw new DomainError('transaction.is-reversal', 'This is a reversal. Assign its order.')
  }
  if (unattributed.status === 'declined') {
    throw new DomainError('transaction.declined', 'The network has declined this transaction.')
  }
  return unattributed
}

export const alreadyAssigned = (): DomainError =>
  new DomainError(
    'transaction.already-assigned',
    'This transaction has a member or a pending assignment.',
  )

/** Computes the cashback that a member would get for the transaction now, at this rate. */
export const previewCashback = (
  unattributed: UnattributedTransaction,
  rate: CashbackRate = unattributed.rate,
): number =>
  computeCashback({
    commissionMinor: unattributed.commissionMinor,
    reversedMinor: unattributed.reversedMinor,
    saleMinor: unattributed.saleMinor,
    rate,
  })
