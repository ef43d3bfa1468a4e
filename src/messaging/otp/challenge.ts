import { createHmac, hkdfSync, randomInt, randomUUID, timingSafeEqual } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { DomainError } from '../../domain/errors.ts'
import { generateOtp, OTP, otpExpiry, wrongOtpMessage } from '../../domain/messaging/otp.ts'
import { findOutbox } from '../outbox/findOutbox.ts'
import { type Notice, queueNotifications } from '../outbox/queueNotifications.ts'

/**
 * What a code confirms. A code confirms nothing else: neither for another purpose, nor another
 * subject of the same one.
 */
type CodeUse = { purpose: 'phone' } | { purpose: 'payout-method'; subject: string }

/** Where a code goes: a phone number in E.164, or an e-mail address. */
export type CodeContact = { kind: 'email' | 'phone'; value: string }

type Challenge = {
  userId: string
  use: CodeUse
  contact: CodeContact
  /** The message that holds the code. */
  message: (code: string) => Pick<Notice, 'data' | 'template'>
  now: Date
}

/**
 * Sends a one-time code to a phone or a mailbox; the challenge and its message are written together.
 * Replaces the member's earlier challenge of this purpose, so that a new request gives no further
 * tries at the same code. Does not look up the owner of the contact, so the work and the result are
 * the same for every one.
 *
 * @returns when the code expires
 */
export const startChallenge = async (
  req: PayloadRequest,
  { contact, message, now, use, userId }: Challenge,
): Promise<Date> => {
  const { encryptionKey } = findOutbox(req.payload)
  const challengeId = randomUUID()
  const code = generateOtp(randomInt(OTP.codes))
  const codeHash = hashCode({ challengeId, code, encryptionKey, use })
  const [at, expiresAt] = [now.toISOString(), otpExpiry(now)]
  const { kind, value } = contact
  await inTransaction(req, async () => {
    const db = await dbIn(req)
    // Concurrent requests wait for each other here, and the later one replaces the challenge.
    await db.execute(sql`select 1 from users where id = ${userId} for no key update`)
    await db.execute(sql`
      delete from otp_challenges where user_id = ${userId} and purpose = ${use.purpose}`)
    await db.execute(sql`
      insert into otp_challenges (
        id, user_id, purpose, subject, phone, email, code_hash, tries_left, expires_at, created_at,
        updated_at
      )
      values (${challengeId}, ${userId}, ${use.purpose}, ${subjectOf(use)},
        ${kind === 'phone' ? value : null}, ${kind === 'email' ? value : null}, ${codeHash},
        ${OTP.tries}, ${expiresAt.toISOString()}, ${at}, ${at})`)
    const notice = { ...message(code), key: `otp:${challengeId}`, user: userId }
    const to = kind === 'phone' ? { sms: value } : { email: value }
    await queueNotifications(req, [{ ...notice, to }], now)
  })
  return expiresAt
}

const subjectOf = (use: CodeUse): string | null => ('subject' in use ? use.subject : null)

/** Deletes the challenges of a member. */
export const deleteChallenges = async (db: Database, userId: string | number): Promise<void> => {
  await db.execute(sql`delete from otp_challenges where user_id = ${userId}`)
}

type Entered = { userId: string; use: CodeUse; code: string; encryptionKey: Buffer; now: Date }

/** A challenge of which the code was entered, and the contact that received the code. */
export type PassedChallenge = { challengeId: string; contact: CodeContact }

/**
 * Checks an entered code. One statement takes the try before the code is compared, and commits it
 * whatever the result, so that of any number of concurrent guesses only five are compared. Must run
 * outside a transaction: a rollback would return the try.
 *
 * @throws DomainError `otp.expired` the member has no open challenge of this use: none was started,
 *   it expired, it has no tries left, or it was used
 * @throws DomainError `otp.wrong-code`
 */
export const spendTry = async (
  db: Database,
  { code, encryptionKey, now, use, userId }: Entered,
): Promise<PassedChallenge> => {
  const at = now.toISOString()
  const { rows } = await db.execute<{
    id: string
    phone: string | null
    email: string | null
    hash: string
    triesLeft: number
  }>(sql`
    update otp_challenges set tries_left = tries_left - 1, updated_at = ${at}
    where user_id = ${userId} and purpose = ${use.purpose}
      and subject is not distinct from ${subjectOf(use)}
      and used_at is null and tries_left > 0 and expires_at > ${at}
    returning id, phone, email, code_hash as hash, tries_left::int as "triesLeft"`)
  const [challenge] = rows
  if (!challenge) throw codeExpired()
  const { email, hash, id: challengeId, phone, triesLeft } = challenge
  if (!isCode({ challengeId, code, encryptionKey, use }, hash)) {
    throw new DomainError('otp.wrong-code', wrongOtpMessage(triesLeft), { field: 'code' })
  }
  const contact: CodeContact =
    phone === null ? { kind: 'email', value: email ?? '' } : { kind: 'phone', value: phone }
  return { challengeId, contact }
}

/** The same error for everything that ends a challenge. */
export const codeExpired = () =>
  new DomainError('otp.expired', 'This code is no longer valid. Request a new one.', {
    field: 'code',
  })

/**
 * Uses a challenge up, in the transaction of what it confirms.
 *
 * @throws DomainError `otp.expired` the code was used in the meantime
 */
export const useChallenge = async (
  db: Database,
  { challengeId, now }: { challengeId: string; now: Date },
): Promise<void> => {
  const at = now.toISOString()
  const used = await db.execute(sql`
    update otp_challenges set used_at = ${at}, updated_at = ${at}
    where id = ${challengeId} and used_at is null`)
  if (used.rowCount !== 1) throw codeExpired()
}

type Keyed = { encryptionKey: Buffer; challengeId: string; use: CodeUse; code: string }

/**
 * The stored form of a code. A plain hash of six digits can be guessed in a moment, so it is keyed:
 * reading the table without the settings reveals nothing. It is valid for its own challenge and use
 * only.
 */
const hashCode = ({ challengeId, code, encryptionKey, use }: Keyed): string => {
  const key = Buffer.from(hkdfSync('sha256', encryptionKey, '', 'tributary one-time codes', 32))
  const text = [use.purpose, subjectOf(use) ?? '', challengeId, code].join(':')
  return createHmac('sha256', key).update(text).digest('base64url')
}

/** Compares in constant time, which reveals no matching part. */
const isCode = (keyed: Keyed, hash: string): boolean => {
  const [expected, stored] = [Buffer.from(hashCode(keyed)), Buffer.from(hash)]
  return expected.length === stored.length && timingSafeEqual(expected, stored)
}
