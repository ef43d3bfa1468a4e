import { randomUUID } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type {
  CollectionAfterOperationHook,
  CollectionBeforeOperationHook,
  PayloadRequest,
} from 'payload'

import { dbIn } from '../../src/database/dbIn.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { queueNotifications } from '../../src/messaging/outbox/queueNotifications.ts'
import { alreadyRegistered } from '../../src/messaging/templates/alreadyRegistered.ts'
import type { User } from '../../src/payload-types.ts'
import { now } from '../../src/platform/clock.ts'
import { isByStaff } from '../../src/platform/audit/findActor.ts'

type Known = { email: string; ownerId: string; name: string | null }

const hide: CollectionBeforeOperationHook = async ({ args, operation, overrideAccess, req }) => {
  const { data } = args as { data?: Record<string, unknown> | null }
  const email = operation === 'create' && overrideAccess !== true ? readEmail(data, req) : null
  if (operation === 'create') req.context.knownAddress = null // of an earlier one that failed
  if (email === null) return
  const owner = await findOwner(req, email)
  if (!owner) return

  const db = await dbIn(req)
  await db.execute(sql`savepoint registration`)
  req.context.knownAddress = { email, ownerId: owner.id, name: owner.name ?? null } satisfies Known
  const placeholder = `${randomUUID()}@registered.invalid`
  const name = data?.name ?? email.split('@')[0]
  Object.assign(args, { data: { ...data, email: placeholder, name } })
}

const refuse: CollectionBeforeOperationHook = async ({ args, operation, overrideAccess, req }) => {
  const { data } = args as { data?: Record<string, unknown> | null }
  const email = operation === 'create' && overrideAccess !== true ? readEmail(data, req) : null
  if (email === null || !(await findOwner(req, email))) return
  throw new DomainError('user.email-taken', 'There is an account with this address. Sign in.', {
    field: 'email',
  })
}

/** The typed address in the form of the accounts; null where staff create the account. */
const readEmail = (data: { email?: unknown } | null | undefined, req: PayloadRequest) =>
  typeof data?.email === 'string' && !isByStaff(req) ? data.email.trim().toLowerCase() : null

const findOwner = (req: PayloadRequest, email: string) =>
  req.payload.db.findOne<User>({ collection: 'users', where: { email: { equals: email } }, req })

const afterOperation: CollectionAfterOperationHook = async ({ operation, req, result }) => {
  const known = req.context.knownAddress as Known | undefined | null
  if (operation !== 'create' || !known) return result
  req.context.knownAddress = null
  const db = await dbIn(req)
  await db.execute(sql`rollback to savepoint registration`)
  const at = now()
  const notice = {
    key: `already-registered:${known.ownerId}:${at.toISOString().slice(0, 10)}`,
    template: alreadyRegistered,
    data: { name: known.name },
    user: known.ownerId,
  }
  await queueNotifications(req, [notice], at)
  return { ...(result as User), email: known.email }
}

/**
 * Answers a registration with a known address like any other, so that strangers do not learn who has
 * an account. The account is created with a placeholder, which takes the same time and checks the
 * same input, and is rolled back; the owner of the address gets a message, once a day. Staff read
 * that the address is taken, and so does everybody with `revealsAccounts`.
 *
 * @throws DomainError `user.email-taken`, with `revealsAccounts`
 */
export const hideKnownAddress = ({ revealsAccounts }: { revealsAccounts: boolean }) => ({
  beforeOperation: revealsAccounts ? refuse : hide,
  afterOperation,
})
