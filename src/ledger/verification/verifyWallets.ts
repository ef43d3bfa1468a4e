import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import { now as clockNow } from '../../platform/clock.ts'
import type { Database } from '../../database/dbIn.ts'
import { findUnbalancedWallets, findWrongTransfers } from './findWrongTransfers.ts'
import { findWrongDecisions } from './findWrongDecisions.ts'
import { findWrongPayouts } from './findWrongPayouts.ts'
import {
  advanceVerified,
  freezeWallets,
  type Snapshot,
  takeSnapshot,
  type WalletProblem,
} from './markWallets.ts'
import { rowsToVerify, type VerifyMode } from './rowsToVerify.ts'

export type WalletReport = {
  mode: VerifyMode
  wallets: number
  /** Transfers that were added up: all of them, or those since the last verification. */
  transfers: number
  problems: WalletProblem[]
  /** Wallets that this run froze. Those frozen before are reported again and stay frozen. */
  frozen: string[]
  /** The number of wallets with an advanced verified point. */
  verified: number
}

export type VerifyOptions = {
  /** `incremental` adds up only the transfers since a wallet was last verified. */
  mode?: VerifyMode
  /** False: only reports, and changes nothing. */
  freeze?: boolean
  now?: Date
}

/**
 * Verifies the books on one snapshot: every stored balance is the sum of its transfers, versions
 * have no gap, each balance follows from the previous one, a transfer has one currency, every
 * completed payment has one decision, and the transfers of a commission, of cashback, of a withdrawal
 * and of each attempt to pay it match its status.
 *
 * A wallet that does not add up is reported and frozen, never repaired. The verified points of the
 * other wallets advance.
 */
export const verifyWallets = async (
  payload: Payload,
  { freeze = true, mode = 'full', now = clockNow() }: VerifyOptions = {},
): Promise<WalletReport> => {
  const { drizzle } = payload.db as unknown as PostgresAdapter
  const { snapshot, ...found } = await drizzle.transaction((db) => findProblems(db, mode), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  })
  const frozen = freeze ? await freezeWallets(drizzle, found.problems, snapshot, now) : []
  const verified = freeze ? await advanceVerified(drizzle, snapshot, now) : 0
  return { mode, ...found, frozen, verified }
}

type Found = Pick<WalletReport, 'problems' | 'transfers' | 'wallets'> & { snapshot: Snapshot }

const findProblems = async (db: Database, mode: VerifyMode): Promise<Found> => {
  // Room to sort a ledger in memory. JIT compilation would cost more time than it saves.
  await db.execute(sql`set local work_mem = '256MB'`)
  await db.execute(sql`set local jit = off`)
  const rows = await rowsToVerify(db, mode)
  const { problems: wrong, transfers } = await findWrongTransfers(db, rows)
  const problems = [
    ...(await findUnbalancedWallets(db, rows)),
    ...wrong,
    ...(await findWrongDecisions(db, rows)),
    ...(await findWrongPayouts(db, rows)),
  ]
  const counted = await db.execute<{ wallets: number }>(
    sql`select count(*)::int as wallets from wallets`,
  )
  const snapshot = await takeSnapshot(db, problems)
  return { wallets: counted.rows[0]?.wallets ?? 0, transfers, problems, snapshot }
}
