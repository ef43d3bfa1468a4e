import { sql } from '@payloadcms/db-postgres'
import type {
  CollectionAfterOperationHook,
  CollectionBeforeOperationHook,
  PayloadRequest,
} from 'payload'

import { dbIn } from '../../src/database/dbIn.ts'
import type { User } from '../../src/payload-types.ts'
import { verifyPassword } from '../../src/platform/verifyPassword.ts'

const beforeOperation: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  if (operation !== 'login' && operation !== 'forgotPassword') return
  req.context.hasDecoy = false // of an earlier one that failed
  if (req.payloadAPI === 'local') return
  const { data } = args as { data?: { email?: unknown; password?: unknown } | null }
  if (typeof data?.email !== 'string' || data.email.trim() === '') return
  const email = data.email.trim().toLowerCase()
  if (await isKnown(req, email)) return
  if (operation === 'login') {
    if (typeof data.password === 'string') await verifyPassword(null, data.password)
    return
  }
  const db = await dbIn(req)
  await db.execute(sql`savepoint decoy`)
  try {
    await req.payload.db.create({ collection: 'users', data: { email, role: 'member' }, req })
    req.context.hasDecoy = true
  } catch (error) {
    // The address was registered meanwhile, or the text cannot be stored: there is no decoy.
    await db.execute(sql`rollback to savepoint decoy`)
    if (!(await isKnown(req, email))) throw error
  }
}

const isKnown = async (req: PayloadRequest, email: string): Promise<boolean> => {
  const where = { email: { equals: email } }
  return (await req.payload.db.findOne<User>({ collection: 'users', where, req })) !== null
}

const afterOperation: CollectionAfterOperationHook = async ({ operation, req, result }) => {
  if (operation !== 'forgotPassword' || req.context.hasDecoy !== true) return result
  req.context.hasDecoy = false
  const db = await dbIn(req)
  await db.execute(sql`rollback to savepoint decoy`)
  return result
}

/**
 * Makes an unknown address cost what a known one costs: a sign-in hashes the password, and a request
 * for a new one runs with an account that is rolled back, with its message. So neither the answer
 * nor its time shows who has an account.
 */
export const hideUnknownAddress = { beforeOperation, afterOperation }
