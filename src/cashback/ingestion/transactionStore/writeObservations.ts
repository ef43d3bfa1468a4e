import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../../database/dbIn.ts'
import type { TransactionRow } from '../../networks/types.ts'
import type { Batch } from '../types.ts'

/** A row to store, with the hash of its content. */
export type Observed = TransactionRow & { contentHash: string }

export type Written = { id: string; isUnattributed: boolean }

const IS_ASSIGNED = sql`exists (
  select 1 from transaction_assignments a
  where a.transaction_id = t.id and a.status = 'applied'
)`

/**
 * Tests if the network reports another click than before, so that the transaction belongs to the
 * new click alone. A row without a click, or with an unknown one, changes nothing. An assignment by
 * a person stays: its reversals are still found by the reported click.
 */
const IS_CORRECTED = sql`(
  excluded.click_id is not null
  and excluded.click_id is distinct from t.click_id
  and not ${IS_ASSIGNED}
)`

/**
 * The reported click of a transaction that people assigned to another click. A click that only a
 * postback reported is dropped once the API has reported.
 */
const REPORTED_CLICK = sql`case
  when excluded.click_id is null and t.is_provisional is not true then t.reported_click_id
  when excluded.click_id is distinct from t.click_id and ${IS_ASSIGNED} then excluded.click_id
end`

const COLUMNS = sql`id, network_id, external_id, is_id_generated, order_id, reversal_of,
  is_reversal_inferred, sub_id, click_id, member_id, merchant_id, program_id, merchant_name,
  status, raw_status, sale_minor, commission_minor, currency, event_at, clicked_at, changed_at,
  observed_at, content_hash, comment, is_provisional, page_id, created_at, updated_at`

const ROW = sql`"externalId" text, "isIdGenerated" boolean, "orderId" text, "reversalOf" text,
  "subId" text, "programId" text, "programName" text, status text, "rawStatus" text,
  "saleMinor" bigint, "commissionMinor" bigint, currency text, "eventAt" timestamptz,
  "clickedAt" timestamptz, "changedAt" timestamptz, "contentHash" text, comment text`

const REPLACED = sql`
  order_id = excluded.order_id,
  reversal_of = excluded.reversal_of,
  is_reversal_inferred = false,
  sub_id = excluded.sub_id,
  click_id = case when ${IS_CORRECTED} then excluded.click_id else t.click_id end,
  reported_click_id = ${REPORTED_CLICK},
  member_id = case
    when ${IS_CORRECTED} then excluded.member_id
    else coalesce(t.member_id, excluded.member_id)
  end,
  merchant_id = case
    when t.is_provisional or ${IS_CORRECTED} then coalesce(excluded.merchant_id, t.merchant_id)
    else coalesce(t.merchant_id, excluded.merchant_id)
  end,
  program_id = excluded.program_id,
  merchant_name = excluded.merchant_name,
  status = excluded.status,
  last_known_status = null,
  raw_status = excluded.raw_status,
  sale_minor = excluded.sale_minor,
  commission_minor = excluded.commission_minor,
  currency = excluded.currency,
  event_at = excluded.event_at,
  clicked_at = excluded.clicked_at,
  changed_at = excluded.changed_at,
  observed_at = excluded.observed_at,
  content_hash = excluded.content_hash,
  comment = excluded.comment,
  is_provisional = excluded.is_provisional,
  is_accepted = false,
  withdrawn_at = null,
  page_id = excluded.page_id,
  updated_at = excluded.updated_at`

/**
 * Writes new and changed transactions with the clicks that they name. A transaction belongs to the
 * click's member, unless the click is a robot's; its merchant is the programme's, else the click's.
 */
export const upsertTransactions = async (
  db: Database,
  { isProvisional = false, networkId, now, observedAt, pageId }: Batch,
  rows: Observed[],
): Promise<Written[]> => {
  if (rows.length === 0) return []
  const at = now.toISOString()
  const body = JSON.stringify(rows.map((row) => ({ ...row, raw: null })))
  const { rows: written } = await db.execute<Written>(sql`
    insert into network_transactions as t (${COLUMNS})
    select time_ordered_uuid(), ${networkId}, s."externalId", s."isIdGenerated", s."orderId",
      s."reversalOf", false, s."subId", c.id,
      case when c.is_bot then null else c.member_id end,
      coalesce(m._parent_id, c.merchant_id),
      s."programId", s."programName", s.status::enum_network_transactions_status,
      s."rawStatus", s."saleMinor", s."commissionMinor", s.currency, s."eventAt",
      s."clickedAt", s."changedAt", ${observedAt.toISOString()}, s."contentHash", s.comment,
      ${isProvisional}, ${pageId}, ${at}, ${at}
    from jsonb_to_recordset(${body}::jsonb) as s (${ROW})
    left join clicks c on c.click_id = lower(s."subId") and c.network_id = ${networkId}
    left join lateral (
      select p._parent_id from merchants_programs p
      where p.network_id = ${networkId} and p.program_id = s."programId" limit 1
    ) m on true
    order by s."externalId"
    on conflict (network_id, external_id) do update set ${REPLACED}
    returning t.id::text as id, t.member_id is null as "isUnattributed"`)
  return written
}

/**
 * Stores an unmapped status beside the last known one. Amounts, order and click stay, so that no
 * money moves for this transaction or its order.
 */
export const keepUnmappedStatus = async (
  db: Database,
  { networkId, now, observedAt, pageId }: Batch,
  rows: Observed[],
): Promise<Written[]> => {
  if (rows.length === 0) return []
  const body = rows.map(({ changedAt, comment, contentHash, externalId, rawStatus }) => ({
    changedAt,
    comment,
    contentHash,
    externalId,
    rawStatus,
  }))
  const { rows: written } = await db.execute<Written>(sql`
    update network_transactions t set
      last_known_status = coalesce(
        t.last_known_status,
        t.status::text::enum_network_transactions_last_known_status
      ),
      status = 'unknown',
      raw_status = s."rawStatus",
      comment = s.comment,
      changed_at = s."changedAt",
      content_hash = s."contentHash",
      is_accepted = false,
      observed_at = ${observedAt.toISOString()},
      page_id = ${pageId},
      updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(body)}::jsonb) as s ("externalId" text,
      "rawStatus" text, comment text, "changedAt" timestamptz, "contentHash" text)
    where t.network_id = ${networkId} and t.external_id = s."externalId"
    returning t.id::text as id, t.member_id is null as "isUnattributed"`)
  return written
}

/**
 * Records the latest observation of unchanged transactions, and its page. An earlier state, such as
 * one that was changed back, is outdated if it arrives after this.
 */
export const recordUnchanged = async (
  db: Database,
  { networkId, observedAt, pageId }: Batch,
  rows: Observed[],
): Promise<void> => {
  if (rows.length === 0) return
  const body = JSON.stringify(rows.map(({ changedAt, externalId }) => ({ changedAt, externalId })))
  const at = observedAt.toISOString()
  await db.execute(sql`
    update network_transactions t
    set observed_at = ${at}, changed_at = s."changedAt", page_id = ${pageId}
    from jsonb_to_recordset(${body}::jsonb) as s ("externalId" text, "changedAt" timestamptz)
    where t.network_id = ${networkId} and t.external_id = s."externalId"
      and (t.observed_at, t.changed_at, t.page_id)
        is distinct from (${at}::timestamptz, s."changedAt", ${pageId}::uuid)`)
}

/**
 * Removes the member, click and merchant of a provisional transaction if the API names another
 * click, or none: a postback can name any click. An assignment by a person stays. Returns the ids
 * of the transactions that lost theirs.
 */
export const discardProvisional = async (
  db: Database,
  { networkId, now }: Pick<Batch, 'networkId' | 'now'>,
  rows: Pick<TransactionRow, 'externalId' | 'subId'>[],
): Promise<string[]> => {
  if (rows.length === 0) return []
  const body = JSON.stringify(rows.map(({ externalId, subId }) => ({ externalId, subId })))
  const { rows: discarded } = await db.execute<{ id: string }>(sql`
    with wrong as (
      select t.id
      from jsonb_to_recordset(${body}::jsonb) as s ("externalId" text, "subId" text)
      join network_transactions t
        on t.network_id = ${networkId} and t.external_id = s."externalId"
      left join clicks c on c.click_id = lower(s."subId") and c.network_id = ${networkId}
      where t.is_provisional and t.click_id is distinct from c.id
        and not ${IS_ASSIGNED}
    )
    update network_transactions t
    set click_id = null, member_id = null, merchant_id = null, updated_at = ${now.toISOString()}
    from wrong where t.id = wrong.id
    returning t.id::text`)
  return discarded.map(({ id }) => id)
}
