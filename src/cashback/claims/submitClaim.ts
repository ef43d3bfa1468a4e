import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import {
  type ClaimTimes,
  clickWindow,
  requireClaimable,
} from '../../domain/cashback/claimWindow.ts'
import { DomainError } from '../../domain/errors.ts'
import { normaliseOrderNumber } from '../../domain/cashback/orderKey.ts'
import { type Database, dbIn } from '../../database/dbIn.ts'

export type ClaimInput = {
  member: string
  /** The merchant's id or slug. */
  merchant: string
  orderNumber: string
  orderedAt: Date
  amountMinor: number
  currency: string
  /** The id of one of the member's clicks. Null: the latest click before the order. */
  click: string | null
  comment: string | null
  /** Ids of files that the member has uploaded. */
  files: string[]
  now: Date
}

/**
 * Stores a member's claim for a missing order, in the caller's database transaction. The member
 * needs a click on the merchant before the order. Returns the claim's id.
 *
 * @throws DomainError `claim.no-merchant`, `claim.no-click`, `claim.unknown-file`
 * @throws DomainError `claim.too-early`, `claim.too-late`
 * @throws DomainError `claim.already-tracked` the member has a transaction of this order
 * @throws DomainError `claim.duplicate` the member has an open claim for the merchant's order, or any
 *   member an accepted one. An open claim of another member does not block the buyer.
 */
export const submitClaim = async (req: PayloadRequest, input: ClaimInput): Promise<string> => {
  const db = await dbIn(req)
  const merchant = await findMerchant(db, input.merchant)
  requireClaimable(input.orderedAt, merchant, input.now)
  const click = await findClick(db, merchant.id, input)
  const orderKey = normaliseOrderNumber(input.orderNumber)
  await requireUntracked(db, { merchant: merchant.id, member: input.member, orderKey })
  const claim = await insertClaim(db, { ...input, merchant: merchant.id, click, orderKey })
  await attachFiles(db, claim, input)
  return claim
}

const findMerchant = async (
  db: Database,
  merchant: string,
): Promise<ClaimTimes & { id: string }> => {
  const { rows } = await db.execute<ClaimTimes & { id: string }>(sql`
    select id::text, claim_after_hours::float as "claimAfterHours",
      claim_within_days::float as "claimWithinDays"
    from merchants where slug = ${merchant} or id::text = ${merchant}`)
  if (rows[0]) return rows[0]
  throw new DomainError('claim.no-merchant', 'There is no such merchant.', { field: 'merchant' })
}

const findClick = async (
  db: Database,
  merchant: string,
  { click, member, orderedAt }: ClaimInput,
): Promise<string> => {
  const { from, to } = clickWindow(orderedAt)
  const { rows } = await db.execute<{ id: string }>(sql`
    select id::text from clicks where member_id = ${member} and merchant_id = ${merchant}
      and is_bot is not true and created_at between ${from.toISOString()} and ${to.toISOString()}
      and (${click}::uuid is null or id = ${click})
    order by created_at > ${orderedAt.toISOString()}, abs(extract(epoch from
      created_at - ${orderedAt.toISOString()}::timestamptz)), id limit 1`)
  if (rows[0]) return rows[0].id
  const message = 'You have no click on this merchant before this order.'
  throw new DomainError('claim.no-click', message, { field: click === null ? 'merchant' : 'click' })
}

const requireUntracked = async (
  db: Database,
  { member, merchant, orderKey }: { member: string; merchant: string; orderKey: string },
): Promise<void> => {
  const { rows } = await db.execute<{ number: string }>(sql`
    select coalesce(order_id, external_id) as number from network_transactions
    where member_id = ${member} and merchant_id = ${merchant}`)
  if (!rows.some(({ number }) => normaliseOrderNumber(number) === orderKey)) return
  throw new DomainError('claim.already-tracked', 'This order is already tracked for you.', {
    field: 'orderNumber',
  })
}

type Row = ClaimInput & { orderKey: string }

/** A unique index admits one claim of each member for an order, and one accepted claim in all. */
const insertClaim = async (db: Database, row: Row): Promise<string> => {
  const at = row.now.toISOString()
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into cashback_claims (id, member_id, merchant_id, click_id, order_number, order_key,
      ordered_at, sale_minor, currency, comment, status, created_at, updated_at)
    select time_ordered_uuid(), ${row.member}, ${row.merchant}, ${row.click}, ${row.orderNumber},
      ${row.orderKey}, ${row.orderedAt.toISOString()}, ${row.amountMinor}, ${row.currency},
      ${row.comment}, 'open', ${at}, ${at}
    where not exists (
      select 1 from cashback_claims accepted
      where accepted.merchant_id = ${row.merchant} and accepted.order_key = ${row.orderKey}
        and accepted.status = 'accepted')
    on conflict (merchant_id, order_key, member_id) do nothing returning id::text`)
  if (rows[0]) return rows[0].id
  throw new DomainError('claim.duplicate', 'This order already has a claim.', {
    field: 'orderNumber',
  })
}

const attachFiles = async (
  db: Database,
  claim: string,
  { files, member }: ClaimInput,
): Promise<void> => {
  const { rows } = await db.execute(sql`
    insert into cashback_claims_rels ("order", parent_id, path, claim_files_id)
    select f.number, ${claim}, 'files', own.id
    from jsonb_array_elements_text(${JSON.stringify(files)}::jsonb) with ordinality f (id, number)
    join claim_files own on own.id = f.id::uuid and own.member_id = ${member}
    returning 1`)
  if (rows.length === files.length) return
  throw new DomainError('claim.unknown-file', 'You have no such file.', { field: 'files' })
}
