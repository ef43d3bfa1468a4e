import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type ClaimTimes, clickWindowOf, requireClaimable } from '../domain/claimWindow.ts'
import { DomainError } from '../domain/errors.ts'
import { orderKeyOf } from '../domain/orderKey.ts'
import { type Database, transactionOf } from '../ledger/transactionOf.ts'

export type Claiming = {
  member: string
  /** The shop's id or slug. */
  merchant: string
  orderNumber: string
  orderedAt: Date
  amountMinor: number
  currency: string
  /** The id of one of the member's clicks; absent, their latest before the order. */
  click: string | null
  comment: string | null
  /** Ids of files that the member has uploaded. */
  files: string[]
  now: Date
}

/**
 * Keeps what a member says is missing, in the caller's transaction: an order at a shop that they
 * went to by a click of theirs, claimed in time, and by nobody else whose claim is open or accepted.
 * Answers the claim's id.
 *
 * @throws DomainError `claim.no-merchant`, `claim.no-click`, `claim.unknown-file`
 * @throws DomainError `claim.too-early`, `claim.too-late`
 * @throws DomainError `claim.already-tracked` the member has that order
 * @throws DomainError `claim.duplicate` that order of the shop has a claim that was not rejected
 */
export const submitClaim = async (req: PayloadRequest, asked: Claiming): Promise<string> => {
  const db = await transactionOf(req)
  const shop = await shopOf(db, asked.merchant)
  requireClaimable(asked.orderedAt, shop, asked.now)
  const click = await clickOf(db, shop.id, asked)
  const orderKey = orderKeyOf(asked.orderNumber)
  await refuseTracked(db, { merchant: shop.id, member: asked.member, orderKey })
  const claim = await insert(db, { ...asked, merchant: shop.id, click, orderKey })
  await attach(db, claim, asked)
  return claim
}

const shopOf = async (db: Database, merchant: string): Promise<ClaimTimes & { id: string }> => {
  const { rows } = await db.execute<ClaimTimes & { id: string }>(sql`
    select id::text, claim_after_hours::float as "claimAfterHours",
      claim_within_days::float as "claimWithinDays"
    from merchants where slug = ${merchant} or id::text = ${merchant}`)
  if (rows[0]) return rows[0]
  throw new DomainError('claim.no-merchant', 'There is no such shop.', { field: 'merchant' })
}

const clickOf = async (
  db: Database,
  merchant: string,
  { click, member, orderedAt }: Claiming,
): Promise<string> => {
  const { from, to } = clickWindowOf(orderedAt)
  const { rows } = await db.execute<{ id: string }>(sql`
    select id::text from clicks where member_id = ${member} and merchant_id = ${merchant}
      and is_bot is not true and created_at between ${from.toISOString()} and ${to.toISOString()}
      and (${click}::uuid is null or id = ${click})
    order by created_at > ${orderedAt.toISOString()}, abs(extract(epoch from
      created_at - ${orderedAt.toISOString()}::timestamptz)), id limit 1`)
  if (rows[0]) return rows[0].id
  const words = 'You have no click on this shop before this order.'
  throw new DomainError('claim.no-click', words, { field: click === null ? 'merchant' : 'click' })
}

const refuseTracked = async (
  db: Database,
  { member, merchant, orderKey }: { member: string; merchant: string; orderKey: string },
): Promise<void> => {
  const { rows } = await db.execute<{ number: string }>(sql`
    select coalesce(order_id, external_id) as number from network_transactions
    where member_id = ${member} and merchant_id = ${merchant}`)
  if (!rows.some(({ number }) => orderKeyOf(number) === orderKey)) return
  throw new DomainError('claim.already-tracked', 'This order is among yours already.', {
    field: 'orderNumber',
  })
}

type Row = Claiming & { orderKey: string }

/** The index of a shop's orders lets one claim in, whoever comes first. */
const insert = async (db: Database, row: Row): Promise<string> => {
  const at = row.now.toISOString()
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into cashback_claims (id, member_id, merchant_id, click_id, order_number, order_key,
      ordered_at, sale_minor, currency, comment, status, created_at, updated_at)
    values (time_ordered_uuid(), ${row.member}, ${row.merchant}, ${row.click}, ${row.orderNumber},
      ${row.orderKey}, ${row.orderedAt.toISOString()}, ${row.amountMinor}, ${row.currency},
      ${row.comment}, 'open', ${at}, ${at})
    on conflict (merchant_id, order_key) do nothing returning id::text`)
  if (rows[0]) return rows[0].id
  throw new DomainError('claim.duplicate', 'This order was claimed before.', {
    field: 'orderNumber',
  })
}

const attach = async (db: Database, claim: string, { files, member }: Claiming): Promise<void> => {
  const { rows } = await db.execute(sql`
    insert into cashback_claims_rels ("order", parent_id, path, claim_files_id)
    select f.number, ${claim}, 'files', own.id
    from jsonb_array_elements_text(${JSON.stringify(files)}::jsonb) with ordinality f (id, number)
    join claim_files own on own.id = f.id::uuid and own.member_id = ${member}
    returning 1`)
  if (rows.length === files.length) return
  throw new DomainError('claim.unknown-file', 'You have no such file.', { field: 'files' })
}
