import { randomUUID } from 'node:crypto'

import fc from 'fast-check'

import { verifyWallets } from '../../../../src/ledger/verification/verifyWallets.ts'
import { findPayouts } from '../../../../src/payouts/findPayouts.ts'
import type { PayoutDriver } from '../../../../src/payouts/drivers/types.ts'
import type { BuiltProduct } from '../../../support/startBuiltProduct.ts'
import type { Finding } from '../../types.ts'
import { ModelBank } from './modelBank.ts'
import { WithdrawalPlayer } from './player.ts'
import { type Kind, KINDS, sequences, type Step } from './steps.ts'
import { WithdrawalBooks } from './withdrawalBooks.ts'
import { openWorld } from './world.ts'

/** A day on which the product has no other data, in the middle of a tax year. */
const START_MS = Date.parse('2031-08-01T06:00:00Z')
const LIMITS = {
  min: 300,
  max: 8_000,
  memberDay: 25_000,
  actorDay: 12_000,
  fourEyesAbove: 5_000,
  autoApproveBelow: 2_500,
  feeFixed: 0,
  feeBps: 0,
}

type Run = {
  product: Pick<BuiltProduct, 'payload' | 'query'>
  numRuns: number
  seed: number
  /** Of all sequences. */
  smallestLateShare: number
}
type Counts = { steps: Map<Kind, number>; sequences: number; late: number; problems: number }

/** Plays random sequences of withdrawals on the product and on a model in memory. */
export const playWithdrawals = async ({
  numRuns,
  product,
  seed,
  smallestLateShare,
}: Run): Promise<Finding[]> => {
  const { payload } = product
  await payload.updateGlobal({
    slug: 'affiliation-config',
    data: { rateBps: 1_000, holdDays: 0, enabled: true },
    depth: 0,
  })
  const counts: Counts = { steps: new Map(), sequences: 0, late: 0, problems: 0 }
  const details = await fc.check(
    fc.asyncProperty(sequences, (steps) => playOne(product, steps, counts)),
    { seed, numRuns, endOnFailure: true },
  )
  const { problems, transfers } = await verifyWallets(payload)
  const played = KINDS.filter((kind) => (counts.steps.get(kind) ?? 0) > 0)
  const lateShare = counts.late / counts.sequences
  return [
    {
      guarantee:
        'after every step of withdrawals, product and model agree, and no money is in no wallet',
      holds: !details.failed,
      seen: details.failed
        ? `${String(details.errorInstance)}, ${fc.defaultReportMessage(details) ?? ''}`
        : `${numRuns} sequences, seed ${seed}`,
    },
    {
      guarantee: 'every kind of step was played, and late successes occurred often enough',
      holds: played.length === KINDS.length && lateShare >= smallestLateShare,
      seen: `${played.length} of ${KINDS.length} kinds, ${Math.round(lateShare * 100)} % with a late success`,
    },
    {
      guarantee: 'the books of withdrawals verify, after each sequence and at the end',
      holds: problems.length === 0 && counts.problems === 0,
      seen: `${transfers} transfers, ${problems.length + counts.problems} problems`,
    },
  ]
}

const playOne = async (product: Run['product'], steps: Step[], counts: Counts): Promise<void> => {
  const { payload } = product
  const bank = new ModelBank(`model-${randomUUID()}`)
  const world = await openWorld(product, bank.name)
  const books = new WithdrawalBooks(START_MS, LIMITS)
  const drivers = findPayouts(payload).drivers as Map<string, PayoutDriver>
  drivers.set(bank.name, bank.driver())
  try {
    await world.writeDeduction(null)
    const player = new WithdrawalPlayer(world, books, bank)
    await player.play(steps, counts.steps)
    counts.sequences += 1
    if (player.hadLate) counts.late += 1
    const { problems } = await verifyWallets(payload, { mode: 'incremental' })
    counts.problems += problems.length
  } finally {
    // What is left of a sequence is not paid by the next one.
    drivers.delete(bank.name)
  }
}
