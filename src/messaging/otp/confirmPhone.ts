import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { useChallenge } from './challenge.ts'

type Confirmation = { challengeId: string; phone: string; userId: string; now: Date }

/**
 * Confirms the number of a correct code for the member. A number is confirmed for one account at a
 * time, the one that confirmed it last: operators reassign numbers, and an SMS is meant for the
 * current holder of the phone. Another account keeps the number as unconfirmed; the audit log
 * records that, and neither member is notified about the other.
 *
 * @throws DomainError `otp.expired` the code was used in the meantime
 */
export const confirmPhone = (req: PayloadRequest, confirmation: Confirmation): Promise<void> =>
  inTransaction(req, async () => {
    const { challengeId, now, phone, userId } = confirmation
    const db = await dbIn(req)
    // Two accounts that confirm one number at once wait for each other before they lock any row.
    await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`phone:${phone}`}, 0))`)
    await db.execute(sql`
      select 1 from users
      where id = ${userId} or (phone = ${phone} and phone_verified_at is not null)
      order by id
      for no key update`)
    await useChallenge(db, { challengeId, now })
    await unconfirmOthers(req, confirmation)
    // The password was asked for where it was needed, before the code was sent.
    req.context.isCredentialChecked = true
    await req.payload.update({
      collection: 'users',
      id: userId,
      data: { phone, phoneVerifiedAt: now.toISOString() },
      depth: 0,
      req,
    })
  })

const unconfirmOthers = async (req: PayloadRequest, { now, phone, userId }: Confirmation) => {
  const db = await dbIn(req)
  const { rows } = await db.execute<{ id: string }>(sql`
    update users set phone_verified_at = null, updated_at = ${now.toISOString()}
    where phone = ${phone} and phone_verified_at is not null and id <> ${userId}
    returning id`)
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
