import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

/** PostgreSQL's classes for values that it cannot hold: data exceptions, and limits such as of an index. */
const OF_VALUES = /^(22|54)/

/**
 * Does a part of a transaction. What PostgreSQL refuses for the values in it is undone, and its
 * words are returned; null when all went well. Any other fault is thrown: it would pass.
 */
export const refusalOf = async (
  db: Database,
  work: () => Promise<unknown>,
): Promise<string | null> => {
  await db.execute(sql`savepoint part`)
  try {
    await work()
  } catch (error) {
    const { code, message } = refusalIn(error)
    if (!OF_VALUES.test(code)) throw error
    await db.execute(sql`rollback to savepoint part`)
    return message
  }
  await db.execute(sql`release savepoint part`)
  return null
}

const refusalIn = (error: unknown): { code: string; message: string } => {
  const { cause } = error as { cause?: { code?: string; message?: string } }
  return { code: cause?.code ?? '', message: cause?.message ?? '' }
}
