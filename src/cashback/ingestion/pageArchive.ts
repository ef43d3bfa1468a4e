import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import type { Database } from '../../database/dbIn.ts'
import { readDb } from '../../database/readDb.ts'
import { addDays } from '../../domain/dates.ts'
import { hashArchive, readArchive, writeArchive } from '../../platform/archives/archiveFile.ts'
import { findArchives } from '../../platform/archives/findArchives.ts'

/** The points of a page's archive at which a process may end without a loss. */
export type PageArchiveStep = 'emptied' | 'verified' | 'written'

type Options = {
  /** The folder of the archives. */
  dir: string
  /** Days that the bodies of pages stay in the database. */
  keepDays: number
  now: Date
  signal?: AbortSignal
  /** Called after each step, before the next one. */
  onStep?: (step: PageArchiveStep, page: string) => Promise<void> | void
}

const BATCH = 500

/**
 * Moves the bodies of old pages of networks to compressed files, one for each page, oldest first. A
 * file is written, flushed and renamed, and read back; then one statement empties the body and keeps
 * the file's name and SHA-256. A process that ends anywhere leaves the body in the table, or in a
 * verified file. Returns the number of pages.
 */
export const archivePages = async (
  payload: Payload,
  { dir, keepDays, now, onStep, signal }: Options,
): Promise<{ pages: number }> => {
  const db = await readDb({ payload })
  const before = addDays(now, -keepDays).toISOString()
  let pages = 0
  for (;;) {
    const { rows } = await db.execute<{ id: string; file: string }>(sql`
      select id::text, concat('pages/', network_id, '/',
        to_char(observed_at at time zone 'UTC', 'YYYY-MM'), '/', id, '.json.gz') as file
      from network_pages
      where body is not null and observed_at < ${before}::timestamptz
      order by observed_at limit ${BATCH}`)
    for (const { file, id } of rows) {
      if (signal?.aborted) return { pages }
      await archivePage(db, { dir, file, id, now, onStep })
      pages += 1
    }
    if (rows.length < BATCH) return { pages }
  }
}

const archivePage = async (
  db: Database,
  {
    dir,
    file,
    id,
    now,
    onStep,
  }: { file: string; id: string } & Pick<Options, 'dir' | 'now' | 'onStep'>,
): Promise<void> => {
  const { rows } = await db.execute<{ text: string }>(
    sql`select body::text as text from network_pages where id = ${id} and body is not null`,
  )
  const [row] = rows
  if (!row) return
  const { sha256 } = await writeArchive(dir, file, [row.text])
  await onStep?.('written', id)
  if ((await readBody(dir, { file, sha256 })) !== row.text) {
    throw new Error(`The file ${file} is not what was written.`)
  }
  await onStep?.('verified', id)
  const at = now.toISOString()
  await db.execute(sql`
    update network_pages set body = null, archived_at = ${at}, archive_file = ${file},
      archive_sha256 = ${sha256}, updated_at = ${at}
    where id = ${id}`)
  await onStep?.('emptied', id)
}

/** A page as it was received, and the time of its request. */
export type StoredPage = { id: string; observedAt: Date; body: unknown }

/**
 * Returns a stored page: its body from the table, or from its archive.
 *
 * @throws Error when the page no longer exists, or its file is missing or changed
 */
export const loadPage = async (payload: Payload, id: string): Promise<StoredPage> => {
  const db = await readDb({ payload })
  const { rows } = await db.execute<{
    at: string
    body: unknown
    file: string | null
    sha256: string | null
  }>(sql`
    select to_json(observed_at) #>> '{}' as at, body, archive_file as file,
      archive_sha256 as sha256
    from network_pages where id = ${id}`)
  const [row] = rows
  if (!row) throw new Error(`The stored page ${id} no longer exists.`)
  const { at, body, file, sha256 } = row
  const observedAt = new Date(at)
  if (file === null || sha256 === null) return { id, observedAt, body }
  const text = await readBody(findArchives(payload).dir, { file, sha256 })
  return { id, observedAt, body: JSON.parse(text) as unknown }
}

const readBody = async (
  dir: string,
  { file, sha256 }: { file: string; sha256: string },
): Promise<string> => {
  const found = await hashArchive(dir, file)
  if (found === null) throw new Error(`The archive ${file} is missing.`)
  if (found !== sha256) throw new Error(`The archive ${file} was changed.`)
  let body = ''
  for await (const line of readArchive(dir, file)) body += line
  return body
}
