import { randomUUID } from 'node:crypto'

import { createLocalReq, type Payload } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { acquireRateLimit } from '../driverRate.ts'
import type { PayoutDriver } from '../drivers/types.ts'
import { findPayouts } from '../findPayouts.ts'
import { type AttemptRow, findAttempts } from './attemptStore.ts'
import { claimAttempts } from './claimAttempts.ts'
import { leaseLooks } from './leases.ts'
import { lookUpAttempt, sendAttempt, type SendContext } from './sendAttempt.ts'

/** Few at a time, so that a process that ends leaves little to look up. */
const BATCH = 20

type Run = { payload: Payload; now: Date; signal: AbortSignal }
export type PayCounts = { attempts: number; failures: number }

/**
 * Pays approved withdrawals through their drivers until none is due. Each is claimed and debited, and
 * that is committed, before its provider is called. One provider's failure does not stop others.
 */
export const payDue = async ({ now, payload, signal }: Run): Promise<PayCounts> => {
  const { drivers, leaseMs } = findPayouts(payload)
  const counts = { attempts: 0, failures: 0 }
  while (!signal.aborted && drivers.size > 0) {
    const token = randomUUID()
    const req = await createLocalReq({}, payload)
    const attempts = await inTransaction(req, async () => {
      const lease = { token, ms: leaseMs }
      const names = [...drivers.keys()]
      const keys = await claimAttempts(req, { drivers: names, limit: BATCH, lease, now })
      return findAttempts(
        await dbIn(req),
        keys.map((key) => ({ key })),
      )
    })
    if (attempts.length === 0) break
    counts.attempts += attempts.length
    counts.failures += await runEach({ payload, now, signal, token }, attempts, sendFirst)
  }
  return counts
}

/** Looks up attempts that are open, or may still change, until none is due. */
export const lookUpDue = async ({ now, payload, signal }: Run): Promise<PayCounts> => {
  const { drivers, leaseMs } = findPayouts(payload)
  const counts = { attempts: 0, failures: 0 }
  while (!signal.aborted && drivers.size > 0) {
    const token = randomUUID()
    const req = await createLocalReq({}, payload)
    const due = await inTransaction(req, async () =>
      leaseLooks(await dbIn(req), {
        drivers: [...drivers.keys()],
        leaseMs,
        limit: BATCH,
        now,
        token,
      }),
    )
    if (due.length === 0) break
    counts.attempts += due.length
    counts.failures += await runEach({ payload, now, signal, token }, due, lookUpAttempt)
  }
  return counts
}

const sendFirst: Step = (context, attempt) => sendAttempt(context, attempt)

type Step = (context: SendContext, attempt: AttemptRow) => Promise<void>

/** Runs a step for each attempt, drivers side by side, each within its rate. Returns the failures. */
const runEach = async (
  run: Run & { token: string },
  attempts: readonly AttemptRow[],
  step: Step,
): Promise<number> => {
  const { drivers } = findPayouts(run.payload)
  const failures = await Promise.all(
    [...drivers.values()].map((driver) => {
      const own = attempts.filter(({ driver: name }) => name === driver.name)
      return runInTurn({ ...run, driver }, own, step)
    }),
  )
  return failures.reduce((sum, count) => sum + count, 0)
}

const runInTurn = async (
  context: Run & { token: string; driver: PayoutDriver },
  attempts: readonly AttemptRow[],
  step: Step,
): Promise<number> => {
  let failures = 0
  for (const attempt of attempts) {
    // What is not begun when the process stops is looked up by another one, which finds nothing
    // there and sends it with the same key.
    if (context.signal.aborted) break
    await acquireRateLimit(context)
    try {
      await step(context, attempt)
    } catch (error) {
      failures += 1
      context.payload.logger.error({ err: error, attempt: attempt.key }, 'a payout was not stored')
    }
  }
  return failures
}
