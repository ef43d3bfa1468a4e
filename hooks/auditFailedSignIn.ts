import type { AfterErrorHook, PayloadRequest } from 'payload'

import type { Actor } from '../src/audit/actorOf.ts'
import { findAccount } from '../src/audit/findAccount.ts'
import { recordFact } from '../src/audit/recordAudit.ts'
import { takeFailedAttempt } from '../src/audit/signInAttempts.ts'

const REASONS: Record<string, string> = {
  AuthenticationError: 'The e-mail or the password is wrong.',
  LockedAuth: 'The account is locked.',
  UnverifiedEmail: 'The e-mail is not verified.',
}

/**
 * Records sign-ins that failed, with the address as it was typed, and an account that was locked
 * by them. On a connection of its own: nothing of such a request is kept, but that it was made.
 */
export const auditFailedSignIn: AfterErrorHook = async ({ error, req }) => {
  const reason = REASONS[nameOf(error)]
  const attempt = reason && takeFailedAttempt(req)
  if (!attempt) return
  try {
    await recordFailure(req, attempt, reason)
  } catch (err) {
    // The answer to the sign-in goes out in any case, and says the same as always.
    req.payload.logger.error({ err, msg: 'failed sign-in not recorded' })
  }
}

const recordFailure = async (
  req: PayloadRequest,
  { email, subject }: { email: string; subject: string },
  reason: string,
) => {
  const account = await findAccount(subject, email, req)
  const actor: Actor = { id: null, email, role: null }
  const about = { req, actor, subject, subjectId: account?.id ?? null }
  await recordFact({ ...about, action: 'login-failed', reason })
  if (!account?.lockUntil) return
  const until = new Date(account.lockUntil).toISOString()
  await recordFact({
    ...about,
    action: 'account-locked',
    after: { lockUntil: until },
    reason: 'Too many wrong passwords.',
    cause: `account-locked:${account.id}:${until}`,
  })
}

/** Over GraphQL the error is wrapped. */
const nameOf = (error: Error): string =>
  'originalError' in error && error.originalError instanceof Error
    ? error.originalError.name
    : error.name
