import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { recordAudit } from '../audit/recordAudit.ts'
import { inTransaction } from '../ledger/inTransaction.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import { codeExpired, type ProvedPhone } from './spendTry.ts'

type Confirmation = ProvedPhone & { userId: string; now: Date }

/**
 * Gives the member the number that a code proved. A number is confirmed for one account at a time,
 * the one that proved it last: operators give numbers to new people, and what is told by SMS is for
 * whoever has the phone today. Another account keeps the number as one that is not confirmed, which
 * the audit log explains; neither member is told of the other.
 *
 * @throws DomainError `otp.expired` the code was used meanwhile
 */
export const confirmPhone = (req: PayloadRequest, confirmation: Confirmation): Promise<void> =>
  inTransaction(req, async () => {
    const { challengeId, now, phone, userId } = confirmation
    const at = now.toISOString()
    const db = await transactionOf(req)
    // Two accounts that prove one number at once wait for each other, before any row is locked.
    await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`phone:${phone}`}, 0))`)
    await db.execute(sql`
      select 1 from users where id = ${userId} or (phone = ${phone} and phone_verified_at is not null)
      order by id for no key update`)
    const used = await db.execute(sql`
      update otp_challenges set used_at = ${at}, updated_at = ${at}
      where id = ${challengeId} and used_at is null`)
    if (used.rowCount !== 1) throw codeExpired()
    await takeFromOthers(req, confirmation)
    await req.payload.update({
      collection: 'users',
      id: userId,
      data: { phone, phoneVerifiedAt: at },
      depth: 0,
      req,
    })
  })

const takeFromOthers = async (req: PayloadRequest, { now, phone, userId }: Confirmation) => {
  const db = await transactionOf(req)
  const { rows } = await db.execute<{ id: string }>(sql`
    update users set phone_verified_at = null, updated_at = ${now.toISOString()}
    where phone = ${phone} and phone_verified_at is not null and id <> ${userId} returning id`)
  for (const { id } of rows) {
    await recordAudit({
      req,
      action: 'update',
      subject: 'users',
      subjectId: id,
      after: { phoneVerifiedAt: null },
      reason: 'Another account confirmed this number.',
    })
  }
}
