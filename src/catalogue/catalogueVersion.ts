import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../database/dbIn.ts'

/**
 * Raises the version of the catalogue, in the transaction that changes what the public sees of it.
 * Caches keep the version with what they hold, and read anew when it has risen. Returns the new one.
 */
export const raiseCatalogueVersion = async (db: Database, now: Date): Promise<number> => {
  const { rows } = await db.execute<{ version: string }>(sql`
    insert into catalogue_version as c (id, version, raised_at)
    values (1, 1, ${now.toISOString()})
    on conflict (id) do update set version = c.version + 1, raised_at = excluded.raised_at
    returning version`)
  return Number(rows[0]?.version)
}

/** Returns the version of the catalogue; 0 before it was raised for the first time. */
export const readCatalogueVersion = async (db: Database): Promise<number> => {
  const { rows } = await db.execute<{ version: string }>(sql`select version from catalogue_version`)
  return Number(rows[0]?.version ?? 0)
}
