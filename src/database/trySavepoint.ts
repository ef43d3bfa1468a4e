import { sql } from '@payloadcms/db-postgres'

import type { Database } from './dbIn.ts'

/**
 * PostgreSQL's error classes for unstorable values: data exceptions, and limits such as an index's.
 */
const VALUE_ERRORS = /^(22|54)/

/**
 * Runs a part of a transaction in a savepoint. When PostgreSQL refuses a value, the part is rolled
 * back and PostgreSQL's message is returned; null after success. Any other error is rethrown: it is
 * transient, and the part may succeed later.
 */
export const trySavepoint = async (
  db: Database,
  work: () => Promise<unknown>,
): Promise<string | null> => {
  await db.execute(sql`savepoint part`)
  try {
    await work()
  } catch (error) {
    const { code, message } = toRefusal(error)
    if (!VALUE_ERRORS.test(code)) throw error
    await db.execute(sql`rollback to savepoint part`)
    return message
  }
  await db.execute(sql`release savepoint part`)
  return null
}

const toRefusal = (error: unknown): { code: string; message: string } => {
  const { cause } = error as { cause?: { code?: string; message?: string } }
  return { code: cause?.code ?? '', message: cause?.message ?? '' }
}
