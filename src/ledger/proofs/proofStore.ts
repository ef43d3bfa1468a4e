import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { computeSeal, type SealedFacts } from './proofSeal.ts'

/** A sealed day as it is stored. */
export type Proof = SealedFacts & {
  seal: string
  /** ISO 8601. */
  sealedAt: string
  archive: { at: string; file: string; sha256: string } | null
}

/** Counts and hashes of a day as its rows give them now. */
export type DayFacts = Pick<SealedFacts, 'auditHash' | 'auditRows' | 'transfers' | 'transfersHash'>

type Row = {
  day: string
  transfers: string
  transfers_hash: string
  audit_rows: string
  audit_hash: string
  previous_seal: string
  seal: string
  sealed_at: string
  archived_at: string | null
  archive_file: string | null
  archive_sha256: string | null
}

type DayRow = {
  found_transfers: string
  found_transfers_hash: string
  found_audit_rows: string
  found_audit_hash: string
}

const COLUMNS = sql.raw(`
  day, transfers, transfers_hash, audit_rows, audit_hash, previous_seal, seal,
  to_json(sealed_at) #>> '{}' as sealed_at, to_json(archived_at) #>> '{}' as archived_at,
  archive_file, archive_sha256`)

/** Lists the sealed days in order; `from` and `to` are days, both included. */
export const listProofs = async (
  db: Database,
  { from = null, to = null }: { from?: string | null; to?: string | null } = {},
): Promise<Proof[]> => {
  const { rows } = await db.execute<Row>(sql`
    select ${COLUMNS} from ledger_proofs
    where (${from}::text is null or day >= ${from}) and (${to}::text is null or day <= ${to})
    order by day`)
  return rows.map(toProof)
}

export const loadLastProof = async (db: Database): Promise<Proof | null> => {
  const { rows } = await db.execute<Row>(
    sql`select ${COLUMNS} from ledger_proofs order by day desc limit 1`,
  )
  return rows[0] ? toProof(rows[0]) : null
}

/** Returns the day of the oldest transfer or audit row; null when there is none. */
export const loadFirstDay = async (db: Database): Promise<string | null> => {
  const { rows } = await db.execute<{ day: string | null }>(sql`
    select to_char(least(
      (select min(posted_at) from wallet_transactions), (select min(at) from audit_logs)
    ) at time zone 'UTC', 'YYYY-MM-DD') as day`)
  return rows[0]?.day ?? null
}

/** Counts and hashes the rows of a day, as the caller's snapshot shows them. */
export const computeDay = async (db: Database, day: string): Promise<DayFacts> => {
  const { rows } = await db.execute<DayRow>(sql`
    select t.rows as found_transfers, t.hash as found_transfers_hash, a.rows as found_audit_rows,
      a.hash as found_audit_hash
    from transfers_proof(${day}) t cross join audit_proof(${day}) a`)
  const [row] = rows
  if (!row) throw new Error(`The day ${day} has no hash.`)
  return toDayFacts(row)
}

/** Returns a sealed day with what its rows give now, both of one snapshot; null when it is gone. */
export const compareDay = async (
  db: Database,
  day: string,
): Promise<{ proof: Proof; found: DayFacts } | null> => {
  const { rows } = await db.execute<DayRow & Row>(sql`
    select ${COLUMNS}, t.rows as found_transfers, t.hash as found_transfers_hash,
      a.rows as found_audit_rows, a.hash as found_audit_hash
    from ledger_proofs
    cross join transfers_proof(${day}) t
    cross join audit_proof(${day}) a
    where day = ${day}`)
  const [row] = rows
  return row ? { proof: toProof(row), found: toDayFacts(row) } : null
}

/** Stores the seal of a day. A day, and a previous seal, can be sealed once. Returns the seal. */
export const insertProof = async (db: Database, facts: SealedFacts, now: Date): Promise<string> => {
  const [seal, at] = [computeSeal(facts), now.toISOString()]
  await db.execute(sql`
    insert into ledger_proofs (id, day, transfers, transfers_hash, audit_rows, audit_hash,
      previous_seal, seal, sealed_at, created_at, updated_at)
    values (time_ordered_uuid(), ${facts.day}, ${facts.transfers}, ${facts.transfersHash},
      ${facts.auditRows}, ${facts.auditHash}, ${facts.previousSeal}, ${seal}, ${at}, ${at}, ${at})`)
  return seal
}

/** Records the file that holds the audit rows of a day. Once; a trigger refuses a second time. */
export const recordArchive = async (
  db: Database,
  { day, file, now, sha256 }: { day: string; file: string; now: Date; sha256: string },
): Promise<void> => {
  const at = now.toISOString()
  await db.execute(sql`
    update ledger_proofs
    set archived_at = ${at}, archive_file = ${file}, archive_sha256 = ${sha256}, updated_at = ${at}
    where day = ${day}`)
}

const toProof = (row: Row): Proof => ({
  day: row.day,
  transfers: Number(row.transfers),
  transfersHash: row.transfers_hash,
  auditRows: Number(row.audit_rows),
  auditHash: row.audit_hash,
  previousSeal: row.previous_seal,
  seal: row.seal,
  sealedAt: row.sealed_at,
  archive:
    row.archived_at && row.archive_file && row.archive_sha256
      ? { at: row.archived_at, file: row.archive_file, sha256: row.archive_sha256 }
      : null,
})

const toDayFacts = (row: DayRow): DayFacts => ({
  transfers: Number(row.found_transfers),
  transfersHash: row.found_transfers_hash,
  auditRows: Number(row.found_audit_rows),
  auditHash: row.found_audit_hash,
})
