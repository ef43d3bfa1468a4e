import { sql } from '@payloadcms/db-postgres'
import type {
  BaseDatabaseAdapter,
  DatabaseAdapterObj,
  Document,
  TypeWithID,
  UpdateOneArgs,
} from 'payload'

import { dbIn } from './dbIn.ts'

/** Fields that an authentication operation may write, by the name that `markOperation` stored. */
const WRITES: Record<string, string[]> = {
  forgotPassword: ['resetPasswordToken', 'resetPasswordExpiration'],
  resetPassword: ['hash', 'salt', 'resetPasswordToken', 'resetPasswordExpiration'],
}
const ALWAYS = ['id', 'sessions', 'loginAttempts', 'lockUntil', 'updatedAt']

/**
 * Limits what authentication writes to a person. Payload reads the whole row, hashes a password for
 * a while, and writes the whole row back, so a sign-in would undo a change made meanwhile, such as
 * a role taken away. With this only an update, which locks the row before it reads it, writes whole
 * rows. Other operations write their own fields over the current row.
 */
export const limitAuthWrites = (
  adapter: DatabaseAdapterObj,
  slugs: readonly string[],
): DatabaseAdapterObj => ({
  ...adapter,
  init: (args) => {
    const db: BaseDatabaseAdapter = adapter.init(args)
    const updateOne = db.updateOne.bind(db)
    db.updateOne = async (write): Promise<Document> => {
      if (slugs.includes(write.collection) && isFailureCount(write.data)) return NOT_COUNTED
      const isWhole =
        !slugs.includes(write.collection) || write.req?.context?.operationOnPeople === 'update'
      return updateOne(isWhole ? write : await limitToAuthColumns(db, write))
    }
    return db
  },
})

/**
 * True for Payload's count of failed sign-ins on the account. Ours are counted by account and
 * address, so it is not written: it would also make a known address slower than an unknown one.
 */
const isFailureCount = ({ loginAttempts }: Record<string, unknown>): boolean =>
  typeof loginAttempts === 'object' && loginAttempts !== null && '$inc' in loginAttempts

const NOT_COUNTED = { loginAttempts: 0, lockUntil: null }

const limitToAuthColumns = async (
  db: BaseDatabaseAdapter,
  write: UpdateOneArgs,
): Promise<UpdateOneArgs> => {
  const { collection, id, req } = write
  const names = [...ALWAYS, ...(WRITES[String(req?.context?.operationOnPeople)] ?? [])]
  const own = Object.fromEntries(
    Object.entries(write.data).filter(([name]) => names.includes(name)),
  )
  // Payload writes a list such as the sessions only together with a whole row.
  if (!('sessions' in own) || !req || !id) return { ...write, data: own }
  const connection = await dbIn(req as Parameters<typeof dbIn>[0])
  const table = sql.identifier(collection.replaceAll('-', '_'))
  await connection.execute(sql`select 1 from ${table} where id = ${id} for no key update`)
  const row = await db.findOne<TypeWithID>({ collection, req, where: { id: { equals: id } } })
  return { ...write, data: { ...row, ...own } }
}
