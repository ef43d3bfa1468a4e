import { setTimeout } from 'node:timers/promises'

import { sql } from '@payloadcms/db-postgres'
import { createLocalReq, type Payload } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { readDb } from '../../database/readDb.ts'
import { addDays } from '../../domain/dates.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { FIRST_PREVIOUS } from './proofSeal.ts'
import { computeDay, insertProof, loadFirstDay, loadLastProof } from './proofStore.ts'

export type SealReport = {
  /** The number of days that this run sealed. */
  sealed: number
  /** The latest sealed day and its seal: the anchor to publish. Null before the first seal. */
  day: string | null
  seal: string | null
  /** The day that is not sealed yet because an older transaction is still open. */
  waitsFor: string | null
}

/** A day is sealed this long after its end. */
const SEAL_AFTER_MS = 3_600_000

type SealOptions = {
  now: Date
  signal?: AbortSignal
  /** How far the clocks of our machines may differ, and how long a row may wait for a connection. */
  skewMinutes?: number
  /** How long to wait for the end of an open transaction, in milliseconds. */
  waitMs?: number
}

/**
 * Seals the past days (UTC) that are not sealed yet, oldest first, without a gap: days without rows
 * too. Each day is one database transaction.
 *
 * A row's time is taken before its transaction commits, so a transaction of that day that is still
 * open may add a row to it. The day waits for it, and for all days after it, until the next run.
 * Transfers have the database's time and audit rows the application's: a day has to be over for
 * both clocks.
 */
export const sealDays = async (
  payload: Payload,
  { now, signal, skewMinutes = 30, waitMs = 10_000 }: SealOptions,
): Promise<SealReport> => {
  const db = await readDb({ payload })
  const last = await loadLastProof(db)
  const end = (await earlierClock(db, now)).getTime() - SEAL_AFTER_MS
  const latest = addDays(new Date(end), -1).toISOString().slice(0, 10)
  const report: SealReport = {
    sealed: 0,
    day: last?.day ?? null,
    seal: last?.seal ?? null,
    waitsFor: null,
  }
  let day = last ? nextDay(last.day) : await loadFirstDay(db)
  while (day !== null && day <= latest && signal?.aborted !== true) {
    const seal = await sealDay(payload, {
      ...{ day, now, skewMinutes, waitMs },
      previousSeal: report.seal,
    })
    if (seal === null) return { ...report, waitsFor: day }
    Object.assign(report, { sealed: report.sealed + 1, day, seal })
    day = nextDay(day)
  }
  return report
}

const nextDay = (day: string): string =>
  addDays(new Date(`${day}T00:00:00Z`), 1)
    .toISOString()
    .slice(0, 10)

const earlierClock = async (db: Database, now: Date): Promise<Date> => {
  const { rows } = await db.execute<{ at: string }>(
    sql`select to_json(clock_timestamp()) #>> '{}' as at`,
  )
  const at = new Date(rows[0]?.at ?? now)
  return at < now ? at : now
}

type SealInput = Required<Omit<SealOptions, 'signal'>> & {
  day: string
  previousSeal: string | null
}

/** Tries until the wait is over, because most open transactions are short. Null: the day waits. */
const sealDay = async (payload: Payload, input: SealInput): Promise<string | null> => {
  for (let waitedMs = 0; ; waitedMs += TRY_EVERY_MS) {
    const seal = await trySeal(payload, input)
    if (seal !== null || waitedMs >= input.waitMs) return seal
    await setTimeout(TRY_EVERY_MS)
  }
}

const TRY_EVERY_MS = 250

/** Seals one day, and records the seal in the audit log too. Null when a writer is open. */
const trySeal = async (
  payload: Payload,
  { day, now, previousSeal, skewMinutes }: SealInput,
): Promise<string | null> => {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, async () => {
    const db = await dbIn(req)
    if (await hasOpenWriter(db, day, skewMinutes)) return null
    // A statement of its own, so that it sees what was committed before the check.
    const found = await computeDay(db, day)
    const facts = { day, ...found, previousSeal: previousSeal ?? FIRST_PREVIOUS }
    const seal = await insertProof(db, facts, now)
    await recordAudit({
      req,
      action: 'seal',
      subject: 'ledger-proofs',
      subjectId: day,
      after: { seal },
      cause: `seal:${day}:${seal}`,
    })
    return seal
  })
}

/**
 * True while a transaction that has written, and that may have begun on the day or before, is open.
 * A transaction that has written holds a lock on its own id until its rows are visible, so a later
 * statement sees the rows of all others. A begin that is unknown counts as early: that of a prepared
 * transaction, and that of a role that we may not look at.
 */
const hasOpenWriter = async (db: Database, day: string, skewMinutes: number): Promise<boolean> => {
  const { rows } = await db.execute<{ open: boolean }>(sql`
    select exists (select from pg_prepared_xacts where database = current_database())
      or exists (
        select from pg_locks l
        join pg_stat_activity s on s.pid = l.pid
        where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted
          and l.pid <> pg_backend_pid()
          and s.datname = current_database()
          and (s.xact_start is null
            or s.xact_start < ${`${day}T00:00:00Z`}::timestamptz + interval '1 day'
              + make_interval(mins => ${skewMinutes}))
      ) as open`)
  return rows[0]?.open ?? true
}
