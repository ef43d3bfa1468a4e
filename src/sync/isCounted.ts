import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

import { standing } from './standing.ts'

/**
 * Whether a row of that name in a statement counts where orders and returns are added up: not what
 * a postback alone tells of, nor what the network does not stand by. A word that nobody knows
 * changes nothing of that.
 */
export const isCounted = (row: SQL): SQL =>
  sql`(${row}.is_hint is not true and ${standing(row)} not in ('declined', 'unknown'))`
