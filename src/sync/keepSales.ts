import { sql } from '@payloadcms/db-postgres'

import { isNews, isReread, returnedBy } from '../domain/sale.ts'
import type { Database } from '../ledger/transactionOf.ts'
import type { SaleRow } from '../networks/types.ts'
import { contentHashOf } from './contentHashOf.ts'
import { forgetHints } from './forgetHints.ts'
import { keepWords } from './keepWords.ts'
import { linkReturns } from './linkReturns.ts'
import { loadKnown } from './loadKnown.ts'
import { ordersLeft } from './ordersLeft.ts'
import { storableRows } from './storableRows.ts'
import type { Batch, Observed, Written } from './types.ts'

/**
 * The ids of sales that are new or changed, and of those that these may touch; how many are new, and
 * how many belong to nobody.
 */
export type KeptSales = { ids: string[]; touched: string[]; created: number; orphans: number }

/**
 * Keeps what was seen of sales where it is later than what is known, and finds their clicks, the
 * latest that was named; a robot's click makes a sale nobody's. Whose shop it is its program says,
 * and else its click. An observation that comes late or twice changes nothing; one of the API
 * replaces whatever postbacks said, however late it comes.
 */
export const keepSales = async (
  db: Database,
  batch: Batch,
  given: SaleRow[],
): Promise<KeptSales> => {
  const rows = storableRows(given)
  const known = await loadKnown(db, batch.network, rows)
  const observedAt = batch.observedAt.toISOString()
  const later = latestOf(rows, observedAt).filter(({ changedAt, externalId }) => {
    const before = known.get(externalId)
    if (!before || before.isHint) return true
    const seen = { changedAt, observedAt, page: batch.page }
    return batch.isReplay ? isReread(seen, before) : isNews(seen, before)
  })
  const isSame = ({ contentHash, externalId }: Observed) => {
    const before = known.get(externalId)
    return before?.isHint === false && before.contentHash === contentHash
  }
  const idOf = ({ externalId }: Observed) => known.get(externalId)?.id ?? []
  const changed = later.filter((row) => !isSame(row))
  await noteSeen(db, batch, later.filter(isSame))
  const disproved = changed.filter(({ externalId }) => known.get(externalId)?.isHint)
  await forgetHints(db, batch, disproved)
  const isWord = ({ externalId, status }: Observed) =>
    status === 'unknown' && known.get(externalId)?.isToldPlainly === true
  const told = changed.filter((row) => !isWord(row))
  const left = await ordersLeft(db, batch.network, told)
  const written = [
    ...(await upsert(db, batch, told)),
    ...(await keepWords(db, batch, changed.filter(isWord))),
  ]
  const ids = written.map(({ id }) => id)
  // A return that comes again finds its place again: links of before are mended that way.
  const again = later.filter((row) => isSame(row) && isLone(row))
  const linked = await linkReturns(db, [...ids, ...left, ...again.flatMap(idOf)])
  return {
    ids,
    touched: [...left, ...linked],
    created: changed.filter(({ externalId }) => !known.has(externalId)).length,
    orphans: written.filter(({ isOrphan }) => isOrphan).length,
  }
}

const isLone = ({ commissionMinor, returnOf }: Observed): boolean =>
  commissionMinor < 0 && returnOf === null

/** A page may have a row twice: of two of one time the one further down stands. */
const latestOf = (rows: SaleRow[], observedAt: string): Observed[] => {
  const latest = new Map<string, Observed>()
  for (const row of rows) {
    const before = latest.get(row.externalId)
    if (before && !isNews({ ...row, observedAt }, { ...before, observedAt })) continue
    const returnOf = returnedBy(row)
    latest.set(row.externalId, { ...row, returnOf, contentHash: contentHashOf(row) })
  }
  return [...latest.values()]
}

/**
 * Seen later and unchanged, or changed and back again: what was seen in between, and arrives after
 * this, is old news, and a replay knows which page told it last.
 */
const noteSeen = async (
  db: Database,
  { network, observedAt, page }: Batch,
  rows: Observed[],
): Promise<void> => {
  if (rows.length === 0) return
  const body = JSON.stringify(rows.map(({ changedAt, externalId }) => ({ changedAt, externalId })))
  await db.execute(sql`
    update network_transactions t set observed_at = ${observedAt.toISOString()},
      changed_at = s."changedAt", page_id = ${page}
    from jsonb_to_recordset(${body}::jsonb) as s ("externalId" text, "changedAt" timestamptz)
    where t.network_id = ${network} and t.external_id = s."externalId"
      and (t.observed_at, t.changed_at, t.page_id)
        is distinct from (${observedAt.toISOString()}::timestamptz, s."changedAt", ${page}::uuid)`)
}

const IS_ASSIGNED = sql`exists (select 1 from sale_assignments a
  where a.sale_id = t.id and a.status = 'applied')`

/**
 * The network says that the sale came by another click than it said before: it is that click's, as
 * if nothing else had been said. One without a click, or with one that nobody knows, says nothing of
 * whose it is, and what people assigned stays: their returns still come by the click that it names.
 */
const IS_CORRECTED = sql`(excluded.click_id is not null
  and excluded.click_id is distinct from t.click_id and not ${IS_ASSIGNED})`

/**
 * Of a sale that people gave to another click, the one that the network named last; a postback's
 * word is over with the API's.
 */
const NAMED_CLICK = sql`case when excluded.click_id is null and t.is_hint is not true
  then t.named_click_id
  when excluded.click_id is distinct from t.click_id and ${IS_ASSIGNED} then excluded.click_id end`

const upsert = async (
  db: Database,
  { isHint = false, network, now, observedAt, page }: Batch,
  rows: Observed[],
): Promise<Written[]> => {
  if (rows.length === 0) return []
  const at = now.toISOString()
  const body = JSON.stringify(rows.map((row) => ({ ...row, raw: null })))
  const { rows: written } = await db.execute<Written>(sql`
    insert into network_transactions as t (id, network_id, external_id, is_id_made, order_id, return_of,
      is_return_inferred, sub_id, click_id, member_id, merchant_id, program_id, merchant_name, status, raw_status,
      sale_minor, commission_minor, currency, event_at, clicked_at, changed_at, observed_at,
      content_hash, comment, is_hint, page_id, created_at, updated_at)
    select time_ordered_uuid(), ${network}, s."externalId", s."isIdMade", s."orderId", s."returnOf",
      false, s."clickId", c.id, case when c.is_bot then null else c.member_id end, coalesce(m._parent_id, c.merchant_id), s."merchantId", s."merchantName",
      s.status::enum_network_transactions_status, s."rawStatus", s."saleMinor", s."commissionMinor", s.currency,
      s."eventAt", s."clickedAt", s."changedAt", ${observedAt.toISOString()}, s."contentHash", s.comment,
      ${isHint}, ${page}, ${at}, ${at}
    from jsonb_to_recordset(${body}::jsonb) as s ("externalId" text, "isIdMade" boolean, "orderId" text,
      "returnOf" text, "clickId" text, "merchantId" text, "merchantName" text, status text, "rawStatus" text,
      "saleMinor" bigint, "commissionMinor" bigint, currency text, "eventAt" timestamptz,
      "clickedAt" timestamptz, "changedAt" timestamptz, "contentHash" text, comment text)
    left join clicks c on c.click_id = lower(s."clickId") and c.network_id = ${network}
    left join lateral (select p._parent_id from merchants_programs p
      where p.network_id = ${network} and p.program_id = s."merchantId" limit 1) m on true
    order by s."externalId"
    on conflict (network_id, external_id) do update set
      order_id = excluded.order_id, return_of = excluded.return_of, is_return_inferred = false, sub_id = excluded.sub_id,
      click_id = case when ${IS_CORRECTED} then excluded.click_id else t.click_id end,
      named_click_id = ${NAMED_CLICK},
      member_id = case when ${IS_CORRECTED} then excluded.member_id
        else coalesce(t.member_id, excluded.member_id) end,
      merchant_id = case when t.is_hint or ${IS_CORRECTED} then coalesce(excluded.merchant_id, t.merchant_id)
        else coalesce(t.merchant_id, excluded.merchant_id) end, program_id = excluded.program_id,
      merchant_name = excluded.merchant_name, status = excluded.status, standing_status = null, raw_status = excluded.raw_status,
      sale_minor = excluded.sale_minor, commission_minor = excluded.commission_minor,
      currency = excluded.currency, event_at = excluded.event_at, clicked_at = excluded.clicked_at,
      changed_at = excluded.changed_at, observed_at = excluded.observed_at,
      content_hash = excluded.content_hash, comment = excluded.comment,
      is_hint = excluded.is_hint, page_id = excluded.page_id,
      updated_at = excluded.updated_at
    returning t.id::text as id, t.member_id is null as "isOrphan"`)
  return written
}
