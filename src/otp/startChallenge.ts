import { randomInt, randomUUID } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { codeOf, expiryOf, OTP } from '../domain/otp.ts'
import { inTransaction } from '../ledger/inTransaction.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import { otp } from '../messaging/templates/otp.ts'
import { outboxOf } from '../outbox/outboxOf.ts'
import { queueNotifications } from '../outbox/queueNotifications.ts'
import { hashCode } from './hashCode.ts'

/**
 * Sends a code to a phone: the challenge and its message are written together. It ends the member's
 * earlier one, so that asking again gives no further guesses at the same code. Whose number it is
 * by now is not looked up here, hence the work and the answer are the same for every number.
 *
 * @returns when the code ends
 */
export const startChallenge = async (
  req: PayloadRequest,
  { now, phone, userId }: { userId: string; phone: string; now: Date },
): Promise<Date> => {
  const { encryptionKey } = outboxOf(req.payload)
  const challengeId = randomUUID()
  const code = codeOf(randomInt(OTP.codes))
  const codeHash = hashCode({ encryptionKey, challengeId, code })
  const [at, expiresAt] = [now.toISOString(), expiryOf(now)]
  await inTransaction(req, async () => {
    const db = await transactionOf(req)
    // Two at once wait for each other here, and the second ends the first.
    await db.execute(sql`select 1 from users where id = ${userId} for no key update`)
    await db.execute(sql`delete from otp_challenges where user_id = ${userId}`)
    await db.execute(sql`
      insert into otp_challenges (id, user_id, phone, code_hash, tries_left, expires_at, created_at, updated_at)
      values (${challengeId}, ${userId}, ${phone}, ${codeHash}, ${OTP.tries},
        ${expiresAt.toISOString()}, ${at}, ${at})`)
    const notice = { key: `otp:${challengeId}`, template: otp, data: { code }, user: userId }
    await queueNotifications(req, [{ ...notice, to: { sms: phone } }], now)
  })
  return expiresAt
}
