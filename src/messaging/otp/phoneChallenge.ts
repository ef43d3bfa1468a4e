import { createHmac, hkdfSync, randomInt, randomUUID, timingSafeEqual } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { DomainError } from '../../domain/errors.ts'
import { generateOtp, OTP, otpExpiry, wrongOtpMessage } from '../../domain/messaging/otp.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { findOutbox } from '../outbox/findOutbox.ts'
import { queueNotifications } from '../outbox/queueNotifications.ts'
import { otp } from '../templates/otp.ts'

/**
 * Sends a one-time code to a phone; the challenge and its message are written together. Replaces
 * the member's earlier challenge, so that a new request gives no further tries at the same code.
 * Does not look up the owner of the number, so the work and the result are the same for every
 * number.
 *
 * @returns when the code expires
 */
export const startChallenge = async (
  req: PayloadRequest,
  { now, phone, userId }: { userId: string; phone: string; now: Date },
): Promise<Date> => {
  const { encryptionKey } = findOutbox(req.payload)
  const challengeId = randomUUID()
  const code = generateOtp(randomInt(OTP.codes))
  const codeHash = hashCode({ encryptionKey, challengeId, code })
  const [at, expiresAt] = [now.toISOString(), otpExpiry(now)]
  await inTransaction(req, async () => {
    const db = await dbIn(req)
    // Concurrent requests wait for each other here, and the later one replaces the challenge.
    await db.execute(sql`select 1 from users where id = ${userId} for no key update`)
    await deleteChallenges(db, userId)
    await db.execute(sql`
      insert into otp_challenges (
        id, user_id, phone, code_hash, tries_left, expires_at, created_at, updated_at
      )
      values (${challengeId}, ${userId}, ${phone}, ${codeHash}, ${OTP.tries},
        ${expiresAt.toISOString()}, ${at}, ${at})`)
    const notice = { key: `otp:${challengeId}`, template: otp, data: { code }, user: userId }
    await queueNotifications(req, [{ ...notice, to: { sms: phone } }], now)
  })
  return expiresAt
}

/** Deletes the challenges of a member. */
export const deleteChallenges = async (db: Database, userId: string | number): Promise<void> => {
  await db.execute(sql`delete from otp_challenges where user_id = ${userId}`)
}

type ConfirmedPhone = { challengeId: string; phone: string }

/**
 * Checks an entered code. One statement takes the try before the code is compared, and commits it
 * whatever the result, so that of any number of concurrent guesses only five are compared. Must run
 * outside a transaction: a rollback would return the try.
 *
 * @throws DomainError `otp.expired` the member has no open challenge: none was started, it expired,
 *   it has no tries left, or it was used
 * @throws DomainError `otp.wrong-code`
 */
export const spendTry = async (
  db: Database,
  {
    code,
    encryptionKey,
    now,
    userId,
  }: { userId: string; code: string; encryptionKey: Buffer; now: Date },
): Promise<ConfirmedPhone> => {
  const at = now.toISOString()
  const { rows } = await db.execute<{
    id: string
    phone: string
    hash: string
    triesLeft: number
  }>(sql`
    update otp_challenges set tries_left = tries_left - 1, updated_at = ${at}
    where user_id = ${userId} and used_at is null and tries_left > 0 and expires_at > ${at}
    returning id, phone, code_hash as hash, tries_left::int as "triesLeft"`)
  const [challenge] = rows
  if (!challenge) throw codeExpired()
  const { hash, id: challengeId, phone, triesLeft } = challenge
  if (isCode({ challengeId, code, encryptionKey }, hash)) return { challengeId, phone }
  throw new DomainError('otp.wrong-code', wrongOtpMessage(triesLeft), { field: 'code' })
}

/** The same error for everything that ends a challenge. */
const codeExpired = () =>
  new DomainError('otp.expired', 'This code is no longer valid. Request a new one.', {
    field: 'code',
  })

type Confirmation = ConfirmedPhone & { userId: string; now: Date }

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
    const at = now.toISOString()
    const db = await dbIn(req)
    // Two accounts that confirm one number at once wait for each other before they lock any row.
    await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`phone:${phone}`}, 0))`)
    await db.execute(sql`
      select 1 from users
      where id = ${userId} or (phone = ${phone} and phone_verified_at is not null)
      order by id
      for no key update`)
    const used = await db.execute(sql`
      update otp_challenges set used_at = ${at}, updated_at = ${at}
      where id = ${challengeId} and used_at is null`)
    if (used.rowCount !== 1) throw codeExpired()
    await unconfirmOthers(req, confirmation)
    await req.payload.update({
      collection: 'users',
      id: userId,
      data: { phone, phoneVerifiedAt: at },
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

type Keyed = { encryptionKey: Buffer; challengeId: string; code: string }

/**
 * The stored form of a code. A plain hash of six digits can be guessed in a moment, so it is keyed:
 * reading the table without the settings reveals nothing. It is valid for its own challenge only.
 */
const hashCode = ({ challengeId, code, encryptionKey }: Keyed): string => {
  const key = Buffer.from(hkdfSync('sha256', encryptionKey, '', 'tributary one-time codes', 32))
  return createHmac('sha256', key).update(`${challengeId}:${code}`).digest('base64url')
}

/** Compares in constant time, which reveals no matching part. */
const isCode = (keyed: Keyed, hash: string): boolean => {
  const [expected, stored] = [Buffer.from(hashCode(keyed)), Buffer.from(hash)]
  return expected.length === stored.length && timingSafeEqual(expected, stored)
}
