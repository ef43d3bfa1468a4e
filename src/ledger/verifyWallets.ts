import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import { now as clockNow } from '../clock.ts'
import type { Database } from './transactionOf.ts'
import { findUnbalancedWallets } from './verifyBalances.ts'
import { findWrongDecisions } from './verifyDecisions.ts'
import { advanceVerified, freezeWallets, type Snapshot, takeSnapshot } from './verifyOutcome.ts'
import type { VerifyMode, WalletReport } from './verifyReport.ts'
import { rowsOf } from './verifyRows.ts'
import { findWrongTransfers } from './verifyTransfers.ts'

export type VerifyOptions = {
  /** `incremental` adds up only what was posted since a wallet was last verified. */
  mode?: VerifyMode
  /** False: looks only, and changes nothing. */
  freeze?: boolean
  now?: Date
}

/**
 * Proves the books on one snapshot: every stored balance is the sum of its transfers, versions have
 * no gap, each balance follows from the one before, transfers keep to one currency, every completed
 * payment has one decision, and what a commission or an order's cashback posted is what its state
 * says.
 *
 * What does not add up is reported and frozen, never repaired; the others' verified points move on.
 */
export const verifyWallets = async (
  payload: Payload,
  { freeze = true, mode = 'full', now = clockNow() }: VerifyOptions = {},
): Promise<WalletReport> => {
  const { drizzle } = payload.db as unknown as PostgresAdapter
  const { snapshot, ...found } = await drizzle.transaction((db) => look(db, mode), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  })
  const frozen = freeze ? await freezeWallets(drizzle, found.problems, snapshot, now) : []
  const verified = freeze ? await advanceVerified(drizzle, snapshot, now) : 0
  return { mode, ...found, frozen, verified }
}

type Found = Pick<WalletReport, 'problems' | 'transfers' | 'wallets'> & { snapshot: Snapshot }

const look = async (db: Database, mode: VerifyMode): Promise<Found> => {
  // Room to sort a ledger in memory; the planner's own guesses about compiling cost more than it.
  await db.execute(sql`set local work_mem = '256MB'`)
  await db.execute(sql`set local jit = off`)
  const rows = await rowsOf(db, mode)
  const { problems: wrong, transfers } = await findWrongTransfers(db, rows)
  const problems = [
    ...(await findUnbalancedWallets(db, rows)),
    ...wrong,
    ...(await findWrongDecisions(db, rows)),
  ]
  const counted = await db.execute<{ wallets: number }>(
    sql`select count(*)::int as wallets from wallets`,
  )
  const snapshot = await takeSnapshot(db, problems)
  return { wallets: counted.rows[0]?.wallets ?? 0, transfers, problems, snapshot }
}
