import {
  type CollectionAfterChangeHook,
  type CollectionAfterLoginHook,
  type CollectionAfterOperationHook,
  type CollectionBeforeOperationHook,
  LockedAuth,
} from 'payload'

import { beginAttempt } from '../../hooks/system/auditSignIn.ts'
import type { User } from '../../src/payload-types.ts'
import {
  countSignIn,
  forgiveSignIn,
  liftLocks,
  rememberAddress,
} from '../../src/platform/signInLocks.ts'
import { ipPrefix } from './enforceRateLimit.ts'

const beforeOperation: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  if (operation !== 'login' || req.payloadAPI === 'local') return
  const { data } = args as { data?: { email?: unknown; password?: unknown } | null }
  if (typeof data?.email !== 'string' || typeof data.password !== 'string') return
  if (data.email.trim() === '' || data.password.trim() === '') return // refused by Payload
  const wait = await countSignIn(req.payload, { email: data.email, address: ipPrefix(req) })
  if (wait === null) return
  beginAttempt(req, { operation, subject: 'users', data }) // the audit's own hook comes after this one
  req.responseHeaders ??= new Headers()
  req.responseHeaders.set('Retry-After', String(wait))
  throw new LockedAuth(req.t)
}

/** Runs after a password reset too, which signs in. */
const afterLogin: CollectionAfterLoginHook<User> = async ({ req, user }) => {
  if (req.payloadAPI === 'local') return
  await forgiveSignIn(req.payload, { email: user.email, address: ipPrefix(req) })
}

/**
 * Who registers is at home at that address. Not awaited: the registration holds one of few database
 * connections, and a lost note costs no more than a lock for strangers.
 */
const afterChange: CollectionAfterChangeHook<User> = ({ doc, operation, req }) => {
  if (operation !== 'create' || req.payloadAPI === 'local' || req.user) return doc
  const signIn = { email: doc.email, address: ipPrefix(req) }
  rememberAddress(req.payload, signIn).catch((err: unknown) => {
    req.payload.logger.warn({ err, msg: 'address of a registration not remembered' })
  })
  return doc
}

const afterOperation: CollectionAfterOperationHook = async ({ args, operation, req, result }) => {
  const { data } = args as { data?: { email?: unknown } }
  if (operation === 'unlock' && typeof data?.email === 'string') {
    await liftLocks(req.payload, data.email)
  }
  return result
}

/**
 * Locks accounts by account and address. Payload's lock is of the account alone, so that anybody
 * could keep a member out with five wrong passwords. An unknown account locks like a known one.
 *
 * @throws LockedAuth `auth.locked`, with `Retry-After`
 */
export const lockSignIns = {
  beforeOperation: [beforeOperation],
  afterLogin: [afterLogin],
  afterChange: [afterChange],
  afterOperation: [afterOperation],
}
