import { sql } from '@payloadcms/db-postgres'

import type { StoredFile } from '../claims/storeFile.ts'
import { CLICK_WINDOW_HOURS, type OrphanCandidate } from '../domain/orphanScore.ts'
import type { Database } from '../ledger/transactionOf.ts'

/** A member to whom a click, a claim or both lead, with the ids of these. */
export type Candidate = {
  sale: string
  member: string
  memberName: string | null
  clickRow: string | null
  claimRow: string | null
  /** Of the claim; the first is what its member put first. */
  files: StoredFile[]
  click: OrphanCandidate['click']
  claim: OrphanCandidate['claim']
}

/** Only the nearest of those who clicked: what is further away scores less. */
const MOST_FOR_EACH = 10
/** Clicks of that many are enough to say that one among them tells little. */
const MOST_LOOKED_AT = 100

/**
 * Members to whom these sales may belong: who clicked on the shop, by way of the same network, in
 * the window before the sale, and who claims an order of the shop from these days or of that
 * number. One click and one claim of each, those that say most; of robots none.
 */
export const loadCandidates = async (db: Database, ids: string[]): Promise<Candidate[]> => {
  if (ids.length === 0) return []
  const { rows } = await db.execute<Candidate>(sql`
    with sale as (${salesOf(ids)}
    ), claimed as (
      select distinct on (sale.id, k.member_id) sale.id as sale, k.*
      from sale join cashback_claims k on k.merchant_id = sale.merchant and k.status = 'open'
        and (k.order_key = sale.order_key
          or k.ordered_at between sale.event_at - interval '3 days' and sale.event_at + interval '3 days')
      order by sale.id, k.member_id, k.order_key = sale.order_key desc,
        abs(extract(epoch from k.ordered_at - sale.event_at)), k.id
    ), clicked as (
      select sale.id as sale, c.* from sale cross join lateral (
        select x.*, (count(*) over ())::int - 1 as others,
          (count(*) filter (where x.created_at >= sale.event_at - interval '1 hour') over ())::int
            - (x.created_at >= sale.event_at - interval '1 hour')::int as others_that_hour
        from (
          select distinct on (near.member_id) near.* from (
            select c.id, c.member_id, c.click_id, c.created_at,
              c.member_id = any(array(select k.member_id from claimed k where k.sale = sale.id)) as is_claimer,
              left(c.click_id, 8) = sale.head as is_alike,
              c.created_at between sale.clicked_at - interval '1 minute'
                and sale.clicked_at + interval '1 minute' as is_told
            from clicks c where c.merchant_id = sale.merchant and c.network_id = sale.network_id
              and c.member_id is not null and c.is_bot is not true and c.created_at <= sale.event_at
              and c.created_at >= sale.event_at - ${CLICK_WINDOW_HOURS} * interval '1 hour'
            order by is_alike desc nulls last, is_told desc nulls last, is_claimer desc,
              c.created_at desc, c.id
            limit ${MOST_LOOKED_AT}
          ) near
          order by near.member_id, near.is_alike desc nulls last, near.is_told desc nulls last,
            near.created_at desc, near.id
        ) x
        order by x.is_claimer desc, x.is_alike desc nulls last, x.is_told desc nulls last,
          x.created_at desc, x.id
        limit ${MOST_FOR_EACH}
      ) c
    )
    select coalesce(c.sale, k.sale)::text as sale, u.id::text as member, u.name as "memberName",
      coalesce(c.id, k.click_id)::text as "clickRow", k.id::text as "claimRow",
      case when c.id is not null then json_build_object('clickId', c.click_id, 'at', c.created_at,
        'others', c.others, 'othersThatHour', c.others_that_hour) end as click,
      case when k.id is not null then json_build_object('orderNumber', k.order_number,
        'orderedAt', k.ordered_at, 'saleMinor', k.sale_minor, 'currency', k.currency) end as claim,
      (${FILES}) as files
    from clicked c full join claimed k on k.sale = c.sale and k.member_id = c.member_id
    join users u on u.id = coalesce(c.member_id, k.member_id)`)
  return rows
}

/** What came with a claim `k`. */
const FILES = sql`
  select coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'type', f.type,
    'bytes', f.bytes) order by r."order"), '[]')
  from cashback_claims_rels r join claim_files f on f.id = r.claim_files_id
  where r.parent_id = k.id and r.path = 'files'`

/** What of the sales is compared. */
const salesOf = (ids: string[]) => sql`
  select s.id, s.network_id, s.event_at, s.clicked_at, left(lower(s.sub_id), 8) as head,
    coalesce(s.merchant_id, p._parent_id) as merchant,
    upper(regexp_replace(coalesce(s.order_id, s.external_id), '[[:space:]-]', '', 'g')) as order_key
  from network_transactions s
  left join lateral (select p._parent_id from merchants_programs p where s.merchant_id is null
    and p.network_id = s.network_id and p.program_id = s.program_id limit 1) p on true
  where s.id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`
