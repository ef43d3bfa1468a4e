import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import {
  CLICK_WINDOW_HOURS,
  type MatchCandidate,
  type MatchReason,
  scoreMatch,
  SUGGESTED_FROM,
} from '../../domain/cashback/scoreMatch.ts'
import type { StoredFile } from '../claims/storeClaimFile.ts'
import type { UnattributedTransaction } from './loadUnattributed.ts'

/** A member to whom an unattributed transaction may belong, with the evidence: ids of rows. */
export type Suggestion = {
  member: string
  memberName: string | null
  click: string | null
  clickedAt: string | null
  claim: string | null
  /** The files of the claim. */
  files: StoredFile[]
  /** 0 to 100. */
  score: number
  reasons: MatchReason[]
}

/**
 * Suggests members for each transaction, by its id, best first. One query for any number of them.
 */
export const suggestMembers = async (
  db: Database,
  transactions: UnattributedTransaction[],
): Promise<Map<string, Suggestion[]>> => {
  const byId = new Map(transactions.map((transaction) => [transaction.id, transaction]))
  const suggestions = new Map<string, Suggestion[]>()
  for (const candidate of await loadCandidates(db, [...byId.keys()])) {
    const transaction = byId.get(candidate.transaction)
    if (!transaction) continue
    const suggestion = toSuggestion(transaction, candidate)
    if (suggestion.score < SUGGESTED_FROM) continue
    suggestions.set(transaction.id, [...(suggestions.get(transaction.id) ?? []), suggestion])
  }
  for (const list of suggestions.values()) list.sort(byScore)
  return suggestions
}

const byScore = (one: Suggestion, other: Suggestion): number =>
  other.score - one.score || (one.member < other.member ? -1 : 1)

/**
 * Scores the evidence that a person chose. Only the chosen click and claim count, not a better
 * click of the same member. Returns null if there is no evidence for the member.
 */
export const scoreEvidence = async (
  db: Database,
  unattributed: UnattributedTransaction,
  { claim, click, member }: { member: string; click: string | null; claim: string | null },
): Promise<Pick<Suggestion, 'reasons'> & { score: number | null }> => {
  const candidates = await loadCandidates(db, [unattributed.id])
  const candidate = candidates.find((one) => one.member === member)
  if (!candidate) return { score: null, reasons: [] }
  const { reasons, score } = toSuggestion(unattributed, {
    ...candidate,
    click: candidate.clickRow === click ? candidate.click : null,
    claim: candidate.claimRow === claim ? candidate.claim : null,
  })
  return { score: reasons.length > 0 ? score : null, reasons }
}

const toSuggestion = (unattributed: UnattributedTransaction, candidate: Candidate): Suggestion => ({
  member: candidate.member,
  memberName: candidate.memberName,
  click: candidate.clickRow,
  clickedAt: candidate.click ? new Date(candidate.click.at).toISOString() : null,
  claim: candidate.claimRow,
  files: candidate.files,
  ...scoreMatch(unattributed, candidate),
})

/** A member whom a click, a claim or both point to. `clickRow` and `claimRow` are ids of rows. */
type Candidate = {
  transaction: string
  member: string
  memberName: string | null
  clickRow: string | null
  claimRow: string | null
  /** The files of the claim, in the member's order. */
  files: StoredFile[]
  click: MatchCandidate['click']
  claim: MatchCandidate['claim']
}

/**
 * The number of clicks to score, the nearest in time, each by another member; clicks further away
 * score less.
 */
const MAX_CLICKERS = 10
/** With this many clicks in the window, one of them proves little. */
const MAX_CLICKS = 100

/**
 * Loads the members to whom these transactions may belong: those with a click on the merchant by
 * the same network in the window before the transaction, and those with an open claim for the
 * merchant within three days or with the order's number. One click and one claim for each member,
 * the ones that prove most; no clicks of robots.
 */
const loadCandidates = async (db: Database, ids: string[]): Promise<Candidate[]> => {
  if (ids.length === 0) return []
  const { rows } = await db.execute<Candidate>(sql`
    with transaction as (${transactionsById(ids)}
    ), claimed as (${CLAIMED}
    ), clicked as (${CLICKED}
    )
    select coalesce(c.transaction, k.transaction)::text as transaction,
      u.id::text as member,
      u.name as "memberName",
      coalesce(c.id, k.click_id)::text as "clickRow",
      k.id::text as "claimRow",
      case when c.id is not null then json_build_object('clickId', c.click_id, 'at', c.created_at,
        'others', c.others, 'othersThatHour', c.others_that_hour) end as click,
      case when k.id is not null then json_build_object('orderNumber', k.order_number,
        'orderedAt', k.ordered_at, 'saleMinor', k.sale_minor, 'currency', k.currency) end as claim,
      (${FILES}) as files
    from clicked c
    full join claimed k on k.transaction = c.transaction and k.member_id = c.member_id
    join users u on u.id = coalesce(c.member_id, k.member_id)`)
  return rows
}

/** One open claim `k` of each member for the transactions `t`: by the order's number, else by time. */
const CLAIMED = sql`
  select distinct on (t.id, k.member_id) t.id as transaction, k.*
  from transaction t
  join cashback_claims k on k.merchant_id = t.merchant and k.status = 'open'
    and (k.order_key = t.order_key
      or k.ordered_at between t.event_at - interval '3 days' and t.event_at + interval '3 days')
  order by t.id, k.member_id, k.order_key = t.order_key desc,
    abs(extract(epoch from k.ordered_at - t.event_at)), k.id`

/** One click of each member for the transactions `t`, the clicks that prove most. */
const CLICKED = sql`
  select t.id as transaction, c.*
  from transaction t
  cross join lateral (
    select x.*,
      (count(*) over ())::int - 1 as others,
      (count(*) filter (where x.created_at >= t.event_at - interval '1 hour') over ())::int
        - (x.created_at >= t.event_at - interval '1 hour')::int as others_that_hour
    from (
      select distinct on (near.member_id) near.*
      from (
        select c.id,
          c.member_id,
          c.click_id,
          c.created_at,
          c.member_id = any(array(
            select k.member_id from claimed k where k.transaction = t.id)) as is_claimer,
          left(c.click_id, 8) = t.head as is_alike,
          c.created_at between t.clicked_at - interval '1 minute'
            and t.clicked_at + interval '1 minute' as is_reported
        from clicks c
        where c.merchant_id = t.merchant
          and c.network_id = t.network_id
          and c.member_id is not null
          and c.is_bot is not true
          and c.created_at <= t.event_at
          and c.created_at >= t.event_at - ${CLICK_WINDOW_HOURS} * interval '1 hour'
        order by is_alike desc nulls last, is_reported desc nulls last, is_claimer desc,
          c.created_at desc, c.id
        limit ${MAX_CLICKS}
      ) near
      order by near.member_id, near.is_alike desc nulls last, near.is_reported desc nulls last,
        near.created_at desc, near.id
    ) x
    order by x.is_claimer desc, x.is_alike desc nulls last, x.is_reported desc nulls last,
      x.created_at desc, x.id
    limit ${MAX_CLICKERS}
  ) c`

/** The files of a claim `k`. */
const FILES = sql`
  select coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'type', f.type,
    'bytes', f.bytes) order by r."order"), '[]')
  from cashback_claims_rels r join claim_files f on f.id = r.claim_files_id
  where r.parent_id = k.id and r.path = 'files'`

/** The columns of the transactions that clicks and claims are compared with. */
const transactionsById = (ids: string[]) => sql`
  select s.id,
    s.network_id,
    s.event_at,
    s.clicked_at,
    left(lower(s.sub_id), 8) as head,
    coalesce(s.merchant_id, p._parent_id) as merchant,
    upper(regexp_replace(coalesce(s.order_id, s.external_id), '[[:space:]-]', '', 'g')) as order_key
  from network_transactions s
  left join lateral (
    select p._parent_id
    from merchants_programs p
    where s.merchant_id is null and p.network_id = s.network_id and p.program_id = s.program_id
    limit 1
  ) p on true
  where s.id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`
