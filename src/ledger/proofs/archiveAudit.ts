import { sql } from '@payloadcms/db-postgres'
import { createLocalReq, type Payload } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { readDb } from '../../database/readDb.ts'
import { addDays } from '../../domain/dates.ts'
import { type ArchiveFile, hashArchive, writeArchive } from '../../platform/archives/archiveFile.ts'
import { listProofs, loadLastProof, type Proof, recordArchive } from './proofStore.ts'
import { chainArchive } from './readAuditArchive.ts'

/** The points of a day's archive at which a process may end without a loss. */
export type ArchiveStep = 'deleted' | 'recorded' | 'verified' | 'written'

type Options = {
  /** The folder of the archives. */
  dir: string
  /** Days that audit rows stay in the database: 90 or more, which a trigger requires. */
  keepDays: number
  now: Date
  signal?: AbortSignal
  /** Called after each step, before the next one. */
  onStep?: (step: ArchiveStep, day: string) => Promise<void> | void
}

/**
 * Moves the audit rows of sealed days to compressed files, one for each day, oldest first. A file is
 * written, flushed and renamed, and read back: its lines must give the hash that was sealed. Then
 * one transaction records the file with the day's seal and deletes the rows. A process that ends
 * anywhere leaves the rows in the table, or in a verified file.
 *
 * @returns the counts of days and of rows
 * @throws Error when the rows of a day do not match its seal: they stay
 */
export const archiveAudit = async (
  payload: Payload,
  { dir, keepDays, now, onStep, signal }: Options,
): Promise<{ days: number; rows: number }> => {
  const db = await readDb({ payload })
  const last = await loadLastProof(db)
  const done = { days: 0, rows: 0 }
  if (!last) return done
  const before = await findCutOff(db, { keepDays, now })
  const due = (await listProofs(db, { to: before })).filter(({ archive }) => archive === null)
  for (const proof of due) {
    if (signal?.aborted) break
    const archive = await writeDay(db, dir, { proof, last })
    await onStep?.('written', proof.day)
    await requireSealed(dir, archive, proof)
    await onStep?.('verified', proof.day)
    await deleteDay(payload, { proof, archive, now, onStep })
    done.days += 1
    done.rows += proof.auditRows
  }
  return done
}

/** The last day that is older than the days to keep, for the database's clock and for ours. */
const findCutOff = async (
  db: Database,
  { keepDays, now }: { keepDays: number; now: Date },
): Promise<string> => {
  const { rows } = await db.execute<{ day: string }>(sql`
    select to_char(
      least(clock_timestamp(), ${now.toISOString()}::timestamptz) at time zone 'UTC',
      'YYYY-MM-DD') as day`)
  const today = rows[0]?.day ?? now.toISOString().slice(0, 10)
  return addDays(new Date(`${today}T00:00:00Z`), -keepDays - 1)
    .toISOString()
    .slice(0, 10)
}

const writeDay = (
  db: Database,
  dir: string,
  { last, proof }: { proof: Proof; last: Proof },
): Promise<ArchiveFile> => {
  const { day } = proof
  const file = `audit/${day.slice(0, 4)}/${day}.jsonl.gz`
  return writeArchive(dir, file, listLines(db, { proof, last }))
}

/** Describes the file in its first line: the day's seal, and the latest one as its anchor. */
async function* listLines(
  db: Database,
  { last, proof }: { proof: Proof; last: Proof },
): AsyncGenerator<string> {
  const { auditHash, auditRows, day, previousSeal, seal, transfers, transfersHash } = proof
  yield JSON.stringify({
    format: 'tributary-audit-1',
    ...{ day, auditRows, auditHash, transfers, transfersHash, previousSeal, seal },
    anchor: { day: last.day, seal: last.seal },
  })
  let after: { at: string | null; id: string | null } = { at: null, id: null }
  for (;;) {
    const { rows } = await db.execute<{ at: string; id: string; line: string }>(
      sql`select at, id, line from audit_lines(${proof.day}, ${after.at}, ${after.id}, ${BATCH})`,
    )
    for (const { line } of rows) yield line
    const end = rows.at(-1)
    if (!end || rows.length < BATCH) return
    after = end
  }
}

const BATCH = 2_000

const requireSealed = async (
  dir: string,
  { file, sha256 }: ArchiveFile,
  proof: Proof,
): Promise<void> => {
  const [onDisk, found] = [await hashArchive(dir, file), await chainArchive(dir, file)]
  if (onDisk !== sha256) throw new Error(`The file ${file} is not what was written.`)
  if (found.rows !== proof.auditRows || found.hash !== proof.auditHash) {
    throw new Error(
      `The audit rows of ${proof.day} do not match their seal, and stay: see \`wallet proof --verify\`.`,
    )
  }
}

const deleteDay = async (
  payload: Payload,
  {
    archive: { file, sha256 },
    now,
    onStep,
    proof: { auditRows, day },
  }: { proof: Proof; archive: ArchiveFile } & Pick<Options, 'now' | 'onStep'>,
): Promise<void> => {
  const req = await createLocalReq({}, payload)
  await inTransaction(req, async () => {
    const db = await dbIn(req)
    await recordArchive(db, { day, file, now, sha256 })
    await onStep?.('recorded', day)
    // The trigger allows the deletion for this day, in this transaction.
    await db.execute(sql`select set_config('tributary.archived_day', ${day}, true)`)
    const start = `${day}T00:00:00Z`
    const { rowCount } = await db.execute(sql`
      delete from audit_logs
      where at >= ${start}::timestamptz and at < ${start}::timestamptz + interval '1 day'`)
    if (rowCount !== auditRows) throw new Error(`The audit rows of ${day} changed meanwhile.`)
    await onStep?.('deleted', day)
  })
}
