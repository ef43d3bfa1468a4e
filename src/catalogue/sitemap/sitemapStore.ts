import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'

/** A compressed file of the sitemap. Number 0 is the index, which lists the others. */
export type SitemapFile = {
  number: number
  urls: number
  body: Buffer
  /** Of the compressed bytes, in hexadecimal. */
  sha256: string
}

/**
 * Replaces all files of the sitemap in the caller's transaction, so that readers see the old ones or
 * the new ones.
 */
export const replaceSitemap = async (
  db: Database,
  files: SitemapFile[],
  now: Date,
): Promise<void> => {
  await db.execute(sql`delete from sitemap_files`)
  for (const { body, number, sha256, urls } of files) {
    await db.execute(sql`
      insert into sitemap_files (number, urls, body, sha256, built_at)
      values (${number}, ${urls}, ${body}, ${sha256}, ${now.toISOString()})`)
  }
}

/** Returns a file of the sitemap; null when there is none of that number. */
export const loadSitemapFile = async (
  db: Database,
  number: number,
): Promise<Pick<SitemapFile, 'body' | 'sha256'> | null> => {
  const { rows } = await db.execute<{ body: Buffer; sha256: string }>(
    sql`select body, sha256 from sitemap_files where number = ${number}`,
  )
  return rows[0] ?? null
}
