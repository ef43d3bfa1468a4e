import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

/**
 * The click by which returns find a row of that name in a statement: the one that the network names,
 * wherever people gave the sale; where it names none, theirs.
 */
export const layingClick = (row: SQL): SQL => sql`coalesce(${row}.named_click_id, ${row}.click_id)`
