import { sql } from '@payloadcms/db-postgres'

import { DomainError } from '../domain/errors.ts'
import { wrongCodeWords } from '../domain/otp.ts'
import type { Database } from '../ledger/transactionOf.ts'
import { isCode } from './hashCode.ts'

export type ProvedPhone = { challengeId: string; phone: string }

/**
 * Tries a code. The try is taken from those that are left before the code is looked at, in one
 * statement that is committed whatever comes of it: however many guesses come at once, five are
 * looked at. Call it outside a transaction, or a refusal would give the try back.
 *
 * @throws DomainError `otp.expired` no code is waited for: none was asked for, its time or its tries
 *   are over, or it was used
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
): Promise<ProvedPhone> => {
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
  throw new DomainError('otp.wrong-code', wrongCodeWords(triesLeft), { field: 'code' })
}

/** One answer for all that ends a code. */
export const codeExpired = () =>
  new DomainError('otp.expired', 'This code is not valid any more. Ask for a new one.', {
    field: 'code',
  })
