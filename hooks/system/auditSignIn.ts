import {
  type AfterErrorHook,
  type CollectionConfig,
  type CollectionSlug,
  commitTransaction,
  initTransaction,
  type PayloadRequest,
} from 'payload'

import { type Actor, findActor, isByStaff } from '../../src/platform/audit/findActor.ts'
import { recordAudit, recordFact } from '../../src/platform/audit/recordAudit.ts'
import { findLock } from '../../src/platform/signInLocks.ts'

type SignedIn = { id: string; email?: string | null; role?: string | null }

/**
 * Records every sign-in, sign-out and password reset of staff and members. Failed sign-ins are
 * recorded by `auditFailedSignIn`.
 */
export const auditSignIn = {
  beforeOperation: [
    ({ args, collection, operation, req }) => {
      if (operation !== 'login' && operation !== 'resetPassword') return
      beginAttempt(req, { operation, subject: collection.slug, data: 'data' in args && args.data })
    },
  ],
  afterLogin: [
    async ({ collection, req, user }) => {
      const action = endAttempt(req) === 'resetPassword' ? 'password-reset' : 'login'
      await record(req, action, collection.slug, user as SignedIn)
    },
  ],
  afterLogout: [
    async ({ collection, req }) => {
      if (req.user)
        await record(req, 'logout', collection.slug, { ...findActor(req), id: req.user.id })
    },
  ],
  afterForgotPassword: [
    async ({ args, collection }) => {
      const { data, req } = args as { data: { email?: unknown }; req: PayloadRequest }
      const account = await findAccount(collection.slug, data.email, req)
      const subject = { subject: collection.slug, subjectId: account?.id ?? null }
      await recordAudit({ req, action: 'password-reset-requested', ...subject })
    },
  ],
} satisfies CollectionConfig['hooks']

const record = (req: PayloadRequest, action: string, subject: string, account: SignedIn) => {
  const { email = null, id, role = null } = account
  return recordAudit({ req, action, actor: { id, email, role }, subject, subjectId: id })
}

const REASONS: Record<string, string> = {
  AuthenticationError: 'The e-mail or the password is wrong.',
  LockedAuth: 'The account is locked.',
  UnverifiedEmail: 'The e-mail is not verified.',
}

/**
 * Records failed sign-ins with the e-mail address as typed, and the lock of an account after too
 * many of them. Uses its own connection, because the request's transaction is rolled back.
 */
export const auditFailedSignIn: AfterErrorHook = async ({ error, req }) => {
  const reason = REASONS[nameOf(error)]
  const attempt = reason && takeFailedAttempt(req)
  if (!attempt) return
  try {
    await recordFailure(req, attempt, { reason, isLocked: nameOf(error) === 'LockedAuth' })
  } catch (err) {
    // The client gets the same answer whether or not the record succeeded.
    req.payload.logger.error({ err, msg: 'failed sign-in not recorded' })
  }
}

const recordFailure = async (
  req: PayloadRequest,
  { email, subject }: { email: string; subject: string },
  { isLocked, reason }: { reason: string; isLocked: boolean },
) => {
  const account = await findAccount(subject, email, req)
  const actor: Actor = { id: null, email, role: null }
  const about = { req, actor, subject, subjectId: account?.id ?? null }
  await recordFact({ ...about, action: 'login-failed', reason })
  const lock = account && isLocked ? await findLock(req.payload, email) : null
  if (!account || !lock) return
  const until = lock.toISOString()
  await recordFact({
    ...about,
    action: 'account-locked',
    after: { lockUntil: until },
    reason: 'Too many wrong passwords.',
    cause: `account-locked:${account.id}:${until}`,
  })
}

/** Unwraps the error, which GraphQL wraps. */
const nameOf = (error: Error): string =>
  'originalError' in error && error.originalError instanceof Error
    ? error.originalError.name
    : error.name

type Begun = { isOurs: boolean; lockUntil: unknown }

/**
 * Records that staff unlocked an account. Payload runs no hook inside the transaction of `unlock`,
 * so this opens one before it. The operation joins it, and rolls it back on failure.
 */
export const auditUnlock = {
  beforeOperation: [
    async ({ args, collection, operation, req }) => {
      if (operation !== 'unlock' || !isByStaff(req)) return
      const isOurs = await initTransaction(req)
      const account = await findAccount(collection.slug, emailIn(args), req)
      const lock = account ? await findLock(req.payload, account.email ?? '') : null
      req.context.unlock = { isOurs, lockUntil: lock?.toISOString() ?? null } satisfies Begun
    },
  ],
  afterOperation: [
    async ({ args, collection, operation, req, result }) => {
      const begun = req.context.unlock as Begun | undefined
      if (operation !== 'unlock' || !begun) return result as unknown
      const account = await findAccount(collection.slug, emailIn(args), req)
      await recordAudit({
        req,
        action: 'account-unlocked',
        subject: collection.slug,
        subjectId: account?.id ?? null,
        before: { lockUntil: begun.lockUntil },
        after: { lockUntil: null },
      })
      if (begun.isOurs) await commitTransaction(req)
      return result as unknown
    },
  ],
} satisfies CollectionConfig['hooks']

const emailIn = (args: unknown): unknown => (args as { data?: { email?: unknown } }).data?.email

type Attempt = { operation: 'login' | 'resetPassword'; subject: string; email: string }

const listAttempts = (req: PayloadRequest): Attempt[] =>
  (req.context.signInAttempts ??= []) as Attempt[]

/**
 * Remembers the sign-in attempt in the request, because an error does not name its account. A
 * GraphQL request may make several attempts, one after another. Payload refuses an incomplete
 * login before it checks anything, so that is not an attempt.
 */
export const beginAttempt = (
  req: PayloadRequest,
  { data, operation, subject }: Pick<Attempt, 'operation' | 'subject'> & { data: unknown },
): void => {
  const { email, password } = (data || {}) as { email?: unknown; password?: unknown }
  if (operation === 'login' && !(isGiven(email) && isGiven(password))) return
  listAttempts(req).push({ operation, subject, email: isGiven(email) ? email : '' })
}

/** Removes the current attempt, which succeeded, and returns its operation. */
const endAttempt = (req: PayloadRequest): Attempt['operation'] | undefined =>
  listAttempts(req).pop()?.operation

/** Removes and returns the earliest failed login. Errors come in the order of the attempts. */
const takeFailedAttempt = (req: PayloadRequest): Attempt | undefined => {
  const attempts = listAttempts(req)
  const first = attempts.findIndex(({ operation }) => operation === 'login')
  return first < 0 ? undefined : attempts.splice(first, 1)[0]
}

const isGiven = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== ''

type Account = {
  id: string
  email?: string | null
}

/**
 * Finds the account of an e-mail address, which is normalised as Payload's sign-in does it. Reads
 * in the request's transaction if there is one.
 */
const findAccount = async (
  slug: string,
  email: unknown,
  req: PayloadRequest,
): Promise<Account | null> => {
  if (typeof email !== 'string') return null
  return req.payload.db.findOne<Account>({
    collection: slug as CollectionSlug,
    where: { email: { equals: email.toLowerCase().trim() } },
    req,
  })
}
