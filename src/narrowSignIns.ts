import { sql } from '@payloadcms/db-postgres'
import type {
  BaseDatabaseAdapter,
  DatabaseAdapterObj,
  Document,
  TypeWithID,
  UpdateOneArgs,
} from 'payload'

import { transactionOf } from './ledger/transactionOf.ts'

/** What an operation of signing in may write, by the name that `markOperation` left. */
const WRITES: Record<string, string[]> = {
  forgotPassword: ['resetPasswordToken', 'resetPasswordExpiration'],
  resetPassword: ['hash', 'salt', 'resetPasswordToken', 'resetPasswordExpiration'],
}
const ALWAYS = ['id', 'sessions', 'loginAttempts', 'lockUntil', 'updatedAt']

/**
 * Payload reads a whole person, works on a password for a while, and writes the whole of it back:
 * signing in undid whatever happened meanwhile, be it a role taken away. With this only an update,
 * which locks the row before it reads it, writes a person; all else writes its own columns, over
 * what the row says by then.
 */
export const narrowSignIns = (
  adapter: DatabaseAdapterObj,
  slugs: readonly string[],
): DatabaseAdapterObj => ({
  ...adapter,
  init: (args) => {
    const db: BaseDatabaseAdapter = adapter.init(args)
    const updateOne = db.updateOne.bind(db)
    db.updateOne = async (write): Promise<Document> => {
      const isWhole =
        !slugs.includes(write.collection) || write.req?.context?.operationOnPeople === 'update'
      return updateOne(isWhole ? write : await narrowed(db, write))
    }
    return db
  },
})

const narrowed = async (db: BaseDatabaseAdapter, write: UpdateOneArgs): Promise<UpdateOneArgs> => {
  const { collection, id, req } = write
  const names = [...ALWAYS, ...(WRITES[String(req?.context?.operationOnPeople)] ?? [])]
  const own = Object.fromEntries(
    Object.entries(write.data).filter(([name]) => names.includes(name)),
  )
  // Payload writes a list such as the sessions together with a whole row, or not at all.
  if (!('sessions' in own) || !req || !id) return { ...write, data: own }
  const connection = await transactionOf(req as Parameters<typeof transactionOf>[0])
  const table = sql.identifier(collection.replaceAll('-', '_'))
  await connection.execute(sql`select 1 from ${table} where id = ${id} for no key update`)
  const row = await db.findOne<TypeWithID>({ collection, req, where: { id: { equals: id } } })
  return { ...write, data: { ...row, ...own } }
}
