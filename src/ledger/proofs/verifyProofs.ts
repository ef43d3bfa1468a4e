import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { addDays } from '../../domain/dates.ts'
import { computeSeal, FIRST_PREVIOUS } from './proofSeal.ts'
import { compareDay, type DayFacts, listProofs, type Proof } from './proofStore.ts'
import { readAuditArchive } from './readAuditArchive.ts'

type ProofProblem = {
  day: string
  /** What broke. `proof` is the row of the seal, `archive` the file of an archived day. */
  part: 'archive' | 'audit' | 'proof' | 'transfers'
  problem: 'changed' | 'inserted' | 'removed'
  detail: string
}

export type ProofReport = {
  /** Sealed days in all, and those with rows that were hashed again. */
  days: number
  recomputed: number
  /** In the order of the days: the first one is where the proof breaks. */
  problems: ProofProblem[]
  /** The latest sealed day and its seal: compare it with the one that you published. */
  anchor: { day: string; seal: string } | null
}

type Options = {
  /** The folder of the archives. */
  archiveDir: string
  /** The first and the last day to hash again; the chain of seals is always verified in full. */
  from?: string | null
  to?: string | null
  signal?: AbortSignal
}

/**
 * Verifies the sealed days: the chain of seals has no gap and no changed row, each day's rows give
 * the hash that was sealed, archived days do so from their files, and no row was inserted before the
 * first day. Changes nothing.
 *
 * A chain that somebody recomputed as a whole is consistent. Only a seal that was kept elsewhere
 * shows it: `anchor` has to be compared with it.
 */
export const verifyProofs = async (
  db: Database,
  { archiveDir, from = null, signal, to = null }: Options,
): Promise<ProofReport> => {
  const proofs = await listProofs(db)
  const problems = [
    ...(await findEarlyRows(db, proofs[0])),
    ...findBrokenChain(proofs),
    ...(await findOtherSeals(db)),
  ]
  const chosen = proofs.filter(
    ({ day }) => (from === null || day >= from) && (to === null || day <= to),
  )
  let recomputed = 0
  for (const { day } of chosen) {
    if (signal?.aborted) break
    problems.push(...(await findChangedRows(db, { archiveDir, day })))
    recomputed += 1
  }
  const last = proofs.at(-1)
  return {
    days: proofs.length,
    recomputed,
    problems: problems.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)),
    anchor: last ? { day: last.day, seal: last.seal } : null,
  }
}

/** Rows before the first sealed day: there was none when it was sealed. */
const findEarlyRows = async (db: Database, first: Proof | undefined): Promise<ProofProblem[]> => {
  if (!first) return []
  const start = `${first.day}T00:00:00Z`
  const { rows } = await db.execute<{ part: 'audit' | 'transfers'; day: string; rows: number }>(sql`
    select part, to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::int as rows
    from (
      select 'transfers' as part, posted_at as at from wallet_transactions
      where posted_at < ${start}::timestamptz
      union all
      select 'audit', at from audit_logs where at < ${start}::timestamptz
    ) early
    group by 1, 2 order by 2, 1`)
  return rows.map(({ day, part, rows: count }) => ({
    day,
    part,
    problem: 'inserted',
    detail: `${count} rows are older than the first sealed day, ${first.day}`,
  }))
}

const findBrokenChain = (proofs: Proof[]): ProofProblem[] =>
  proofs.flatMap((proof, index) => {
    const before = proofs[index - 1]
    const broken = (problem: ProofProblem['problem'], detail: string): ProofProblem => ({
      day: proof.day,
      part: 'proof',
      problem,
      detail,
    })
    const expected = before ? nextDay(before.day) : proof.day
    if (proof.day !== expected) {
      return [{ ...broken('removed', `the seal of this day is missing`), day: expected }]
    }
    return [
      ...(proof.seal === computeSeal(proof)
        ? []
        : [broken('changed', 'the seal does not match the counts and hashes of its row')]),
      ...(proof.previousSeal === (before?.seal ?? FIRST_PREVIOUS)
        ? []
        : [broken('changed', 'the previous seal is not the seal of the day before')]),
    ]
  })

const nextDay = (day: string): string =>
  addDays(new Date(`${day}T00:00:00Z`), 1)
    .toISOString()
    .slice(0, 10)

/** Days with a seal in the audit log that is not the stored one: removed, or sealed again. */
const findOtherSeals = async (db: Database): Promise<ProofProblem[]> => {
  const { rows } = await db.execute<{ day: string; is_stored: boolean }>(sql`
    select a.subject_id as day, p.id is not null as is_stored
    from audit_logs a left join ledger_proofs p on p.day = a.subject_id
    where a.action = 'seal' and a.subject = 'ledger-proofs'
      and a.after ->> 'seal' is distinct from p.seal
    group by 1, 2 order by 1`)
  return rows.map(({ day, is_stored }) => ({
    day,
    part: 'proof',
    problem: is_stored ? 'changed' : 'removed',
    detail: 'the audit log has another seal of this day',
  }))
}

const findChangedRows = async (
  db: Database,
  { archiveDir, day }: { archiveDir: string; day: string },
): Promise<ProofProblem[]> => {
  const compared = await compareDay(db, day)
  if (!compared) return []
  const { found, proof } = compared
  const transfers = compare('transfers', {
    day,
    sealed: [proof.transfers, proof.transfersHash],
    found: [found.transfers, found.transfersHash],
  })
  const audit = proof.archive
    ? await findChangedArchive({ archiveDir, found, proof })
    : compare('audit', {
        day,
        sealed: [proof.auditRows, proof.auditHash],
        found: [found.auditRows, found.auditHash],
      })
  return [...transfers, ...audit]
}

type Comparison = { day: string; sealed: [number, string]; found: [number, string] }

const compare = (
  part: ProofProblem['part'],
  { day, found: [count, hash], sealed: [sealedCount, sealedHash] }: Comparison,
): ProofProblem[] => {
  if (count === sealedCount && hash === sealedHash) return []
  const detail =
    count === sealedCount
      ? `${count} rows as sealed, but with other content`
      : `${sealedCount} rows were sealed, ${count} are there`
  const problem = count === sealedCount ? 'changed' : count < sealedCount ? 'removed' : 'inserted'
  return [{ day, part, problem, detail }]
}

/** The rows of an archived day are in its file, and none is left in the table. */
const findChangedArchive = async ({
  archiveDir,
  found,
  proof,
}: {
  archiveDir: string
  found: DayFacts
  proof: Proof
}): Promise<ProofProblem[]> => {
  const { day } = proof
  const inserted: ProofProblem[] =
    found.auditRows === 0
      ? []
      : [
          {
            day,
            part: 'audit',
            problem: 'inserted',
            detail: `the day is archived, but ${found.auditRows} rows are in the table`,
          },
        ]
  const archived = await readAuditArchive(archiveDir, proof)
  if ('problem' in archived) {
    const { problem, detail } = archived
    return [...inserted, { day, part: 'archive', problem, detail }]
  }
  return [
    ...inserted,
    ...compare('archive', {
      day,
      sealed: [proof.auditRows, proof.auditHash],
      found: [archived.rows, archived.hash],
    }),
  ]
}
