import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { toStorableText } from '../../database/toJson.ts'
import { type BankProfile, bankProfile } from '../bankFiles/profiles.ts'

export type BatchRow = {
  id: string
  reference: string
  bankProfile: string
  /** As it was when the batch was made. */
  profile: BankProfile
  status: 'answered' | 'open'
  count: number
  totalMinor: number
  currency: string
  payDate: string
  fileName: string
  sha256: string | null
  madeBy: string | null
  sealedContacts: string | null
}

export type NewBatch = {
  reference: string
  profile: BankProfile
  count: number
  totalMinor: number
  payDate: Date
  fileName: string
  madeBy: string
  sealedContacts: string | null
}

/** Stores a batch before its attempts, and returns its id. */
export const insertBatch = async (db: Database, batch: NewBatch, now: Date): Promise<string> => {
  const at = now.toISOString()
  const b = batch
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into payout_batches (
      id, reference, bank_profile, profile, status, count, total_minor, currency, pay_date,
      file_name, created_by_id, sealed_contacts, created_at, updated_at)
    values (
      time_ordered_uuid(), ${b.reference}, ${b.profile.name}, ${JSON.stringify(b.profile)}::jsonb,
      'open', ${b.count}, ${b.totalMinor}, ${b.profile.currency}, ${b.payDate.toISOString()},
      ${b.fileName}, ${b.madeBy}, ${b.sealedContacts}, ${at}, ${at})
    returning id::text`)
  return rows[0]?.id ?? ''
}

/** Finds a batch by its id or its reference; null without one. */
export const findBatch = async (
  db: Database,
  name: { id: string } | { reference: string },
): Promise<BatchRow | null> => {
  const [id, reference] = 'id' in name ? [name.id, null] : [null, name.reference]
  const { rows } = await db.execute<Omit<BatchRow, 'profile'> & { profile: unknown }>(sql`
    select id::text,
      reference,
      bank_profile as "bankProfile",
      profile,
      status::text,
      count::int,
      total_minor::float8 as "totalMinor",
      currency,
      to_json(pay_date) #>> '{}' as "payDate",
      file_name as "fileName",
      sha256,
      created_by_id::text as "madeBy",
      sealed_contacts as "sealedContacts"
    from payout_batches
    where id = ${id} or reference = ${reference}`)
  const [row] = rows
  return row ? { ...row, profile: bankProfile.parse(row.profile) } : null
}

/** Stores when the file of a batch was first written, and its hash. */
export const storeDownload = async (
  db: Database,
  { id, now, sha256 }: { id: string; sha256: string; now: Date },
): Promise<void> => {
  const at = now.toISOString()
  await db.execute(sql`
    update payout_batches set sha256 = ${sha256}, updated_at = ${at},
      downloaded_at = coalesce(downloaded_at, ${at}::timestamptz)
    where id = ${id} and (sha256 is null or downloaded_at is null)`)
}

/** Marks batches as answered in which no attempt is open, and returns the status of each. */
export const closeBatches = async (
  db: Database,
  ids: readonly string[],
  now: Date,
): Promise<{ id: string; reference: string; status: BatchRow['status'] }[]> => {
  const given = JSON.stringify(ids)
  await db.execute(sql`
    update payout_batches b set status = 'answered', updated_at = ${now.toISOString()}
    where b.id in (select jsonb_array_elements_text(${given}::jsonb)::uuid)
      and b.status = 'open'
      and not exists (
        select 1 from payout_attempts a
        where a.batch_id = b.id and a.status in ('sending', 'sent', 'in-doubt'))`)
  const { rows } = await db.execute<{ id: string; reference: string; status: BatchRow['status'] }>(
    sql`select id::text, reference, status::text from payout_batches
      where id in (select jsonb_array_elements_text(${given}::jsonb)::uuid) order by reference`,
  )
  return rows
}

export type ImportedFile = { name: string; at: string; by: string }

/**
 * Makes imports of results follow each other until the transaction ends, and returns the earlier
 * import of the same file, if there was one.
 */
export const lockImports = async (db: Database, sha256: string): Promise<ImportedFile | null> => {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended('payout-results', 0))`)
  return findImport(db, sha256)
}

/** Finds the import of a file by its hash; null without one. */
export const findImport = async (db: Database, sha256: string): Promise<ImportedFile | null> => {
  const { rows } = await db.execute<ImportedFile>(sql`
    select f.name, to_json(f.created_at) #>> '{}' as at, coalesce(u.name, u.email) as by
    from payout_result_files f
    join users u on u.id = f.imported_by_id
    where f.sha256 = ${sha256}`)
  return rows[0] ?? null
}

export type NewResultFile = {
  name: string
  bankProfile: string
  sha256: string
  importedBy: string
  counts: object
  lines: readonly object[]
}

/** Stores an imported file: what it changed, and the lines that changed nothing. */
export const insertResultFile = async (
  db: Database,
  file: NewResultFile,
  now: Date,
): Promise<string> => {
  const at = now.toISOString()
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into payout_result_files (
      id, name, bank_profile, sha256, imported_by_id, counts, lines, created_at, updated_at)
    values (
      time_ordered_uuid(), ${file.name}, ${file.bankProfile}, ${file.sha256}, ${file.importedBy},
      ${JSON.stringify(file.counts)}::jsonb,
      ${JSON.stringify(file.lines, toStorableText)}::jsonb, ${at}, ${at})
    returning id::text`)
  return rows[0]?.id ?? ''
}
