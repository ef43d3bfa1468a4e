import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { DomainError } from '../../domain/errors.ts'
import { dbIn } from '../../database/dbIn.ts'
import { claimAnswered } from '../../messaging/templates/claimAnswered.ts'
import { queueNotifications } from '../../messaging/outbox/queueNotifications.ts'

type Answer = {
  claim: string
  status: 'accepted' | 'rejected'
  /** The text for the member. */
  answer: string
  /** The transaction that was assigned to the member; null if the claim is rejected. */
  transaction: string | null
  by: string
  now: Date
}
type Row = {
  member: string
  name: string | null
  merchant: string
  orderNumber: string
}

/**
 * Answers an open claim and notifies the member, in the caller's database transaction. The first of
 * several concurrent answers wins. An order has one accepted claim: a
 * unique index refuses a second. A rejection lets the member claim the order again.
 *
 * @throws DomainError `claim.decided` the claim is not open (any more)
 */
export const answerClaim = async (
  req: PayloadRequest,
  { answer, by, claim, now, transaction, status }: Answer,
): Promise<void> => {
  const db = await dbIn(req)
  const at = now.toISOString()
  const { rows } = await db.execute<Row>(sql`
    update cashback_claims k set status = ${status}, answer = ${answer},
      transaction_id = ${transaction},
      decided_by_id = ${by}, decided_at = ${at}, updated_at = ${at},
      order_key = case when ${status} = 'rejected' then null else k.order_key end
    from users u, merchants m
    where k.id = ${claim} and k.status = 'open' and u.id = k.member_id and m.id = k.merchant_id
    returning u.id::text as member, u.name, m.name as merchant, k.order_number as "orderNumber"`)
  const [row] = rows
  if (!row) throw new DomainError('claim.decided', 'This claim is already answered.')
  const { member, ...data } = row
  const notice = { user: member, key: `claim-answered:${claim}`, template: claimAnswered }
  const content = { ...data, isAccepted: status === 'accepted', answer }
  await queueNotifications(req, [{ ...notice, data: content }], now)
}
