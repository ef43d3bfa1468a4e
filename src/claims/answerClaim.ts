import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { DomainError } from '../domain/errors.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import { claimAnswered } from '../messaging/templates/claimAnswered.ts'
import { queueNotifications } from '../outbox/queueNotifications.ts'

type Answer = {
  claim: string
  status: 'accepted' | 'rejected'
  /** What the member reads. */
  answer: string
  /** The sale that an accepted one gave to the member. */
  sale: string | null
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
 * Answers an open claim and tells the member, in the caller's transaction; the first of two at once
 * wins. A rejected one frees its order: else whoever claims a stranger's order keeps it from them.
 *
 * @throws DomainError `claim.decided` it is not open (any more)
 */
export const answerClaim = async (
  req: PayloadRequest,
  { answer, by, claim, now, sale, status }: Answer,
): Promise<void> => {
  const db = await transactionOf(req)
  const at = now.toISOString()
  const { rows } = await db.execute<Row>(sql`
    update cashback_claims k set status = ${status}, answer = ${answer}, sale_id = ${sale},
      decided_by_id = ${by}, decided_at = ${at}, updated_at = ${at},
      order_key = case when ${status} = 'rejected' then null else k.order_key end
    from users u, merchants m
    where k.id = ${claim} and k.status = 'open' and u.id = k.member_id and m.id = k.merchant_id
    returning u.id::text as member, u.name, m.name as merchant, k.order_number as "orderNumber"`)
  const [row] = rows
  if (!row) throw new DomainError('claim.decided', 'This claim was answered before.')
  const { member, ...data } = row
  const notice = { user: member, key: `claim-answered:${claim}`, template: claimAnswered }
  const told = { ...data, isAccepted: status === 'accepted', answer }
  await queueNotifications(req, [{ ...notice, data: told }], now)
}
