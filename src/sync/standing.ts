import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

/**
 * The state that counts of a row of that name in a statement: what the network said last in a word
 * that is known. One that was never told of in such a word is `unknown`.
 */
export const standing = (row: SQL): SQL =>
  sql`coalesce(${row}.standing_status::text, ${row}.status::text)`
