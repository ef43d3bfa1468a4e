import { randomUUID } from 'node:crypto'

import fc from 'fast-check'

import { verifyWallets } from '../../../src/ledger/verification/verifyWallets.ts'
import { createMachine } from '../../support/factories.ts'
import { type BuiltProduct, startBuiltProduct } from '../../support/startBuiltProduct.ts'
import type { Finding, Proof } from '../types.ts'
import { Player } from './player.ts'
import { type Kind, KINDS, sequences } from './steps.ts'
import { playWithdrawals } from './withdrawals/playWithdrawals.ts'

const SMALLEST_SHARE = 0.05
/** Of sequences with a payment that the bank reported after its money had gone back. */
const SMALLEST_SHARE_OF_LATE = 0.2

/**
 * Plays random sequences of steps on the product and on a model in memory: payments and refunds over
 * REST and the Local API, then withdrawals with a bank that fails, loses, repeats and returns.
 */
export const model: Proof = {
  name: 'model',
  claim:
    'after any sequence of steps, wallets, commissions and withdrawals equal those of a simple model',
  isOnEmbeddedOnly: true,
  run: async ({ isQuick, postgres, say, seed }) => {
    const product = await startBuiltProduct(postgres)
    try {
      const authorization = await createMachine(product.payload, [
        'payments:write',
        'refunds:write',
      ])
      const counts = new Map<Kind, number>()
      const numRuns = isQuick ? 25 : 1_000
      say(`${numRuns} sequences of at least 20 steps`)
      const details = await fc.check(
        fc.asyncProperty(sequences, async (steps) => {
          const people = await createPeople(product)
          await new Player(product, authorization, people, counts).play(steps)
        }),
        { seed, numRuns, endOnFailure: true },
      )
      const played: Finding = {
        guarantee: 'product and model agree after every step',
        holds: !details.failed,
        seen: details.failed
          ? (fc.defaultReportMessage(details) ?? 'failed')
          : `${numRuns} sequences, seed ${seed}`,
      }
      const shares = checkShares(counts, isQuick ? 0 : SMALLEST_SHARE)
      const referrals = [played, shares, await verifyBooks(product)]
      say(`${numRuns} sequences of at least 24 steps of withdrawals`)
      const smallestLateShare = isQuick ? 0 : SMALLEST_SHARE_OF_LATE
      return [
        ...referrals,
        ...(await playWithdrawals({ product, numRuns, seed, smallestLateShare })),
      ]
    } finally {
      await product.stop()
    }
  },
}

/**
 * Inserts a referrer and a payer by SQL: they never sign in, and hashing passwords would take most
 * time.
 */
const createPeople = async ({
  query,
}: BuiltProduct): Promise<{ referrer: string; payer: string }> => {
  const [referrer, payer] = [randomUUID(), randomUUID()]
  await query(
    `insert into users (id, name, email, role, affiliate_active, invite_code, referred_by_id, email_verified_at, created_at, updated_at)
     select p.id, 'model', p.id || '@model.test', 'member', true,
       upper(replace(p.id::text, '-', '')), p.referrer, now(), now(), now()
     from (values ($1::uuid, null::uuid), ($2::uuid, $1::uuid)) as p (id, referrer)`,
    [referrer, payer],
  )
  return { referrer, payer }
}

const checkShares = (counts: Map<Kind, number>, smallestShare: number): Finding => {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const shares = KINDS.map((kind) => [kind, (counts.get(kind) ?? 0) / total] as const)
  const [rarest, share] = shares.reduce((least, next) => (next[1] < least[1] ? next : least))
  return {
    guarantee: 'every kind of step is at least 5 % of the steps',
    holds: share >= smallestShare,
    seen: `${total} steps, the rarest is ${rarest} with ${(share * 100).toFixed(1)} %`,
  }
}

const verifyBooks = async ({ payload, query }: BuiltProduct): Promise<Finding> => {
  const { problems, transfers } = await verifyWallets(payload)
  const [row] = await query<{ sum: string }>(
    `select coalesce(sum(case when w.id = t.to_wallet_id then t.amount_minor else -t.amount_minor end), 0) as sum
     from wallets w join wallet_transactions t on w.id in (t.from_wallet_id, t.to_wallet_id)`,
  )
  return {
    guarantee: 'all transfers sum to zero, and every balance equals the sum of its transfers',
    holds: problems.length === 0 && row?.sum === '0',
    seen: `${transfers} transfers, sum ${row?.sum ?? '?'}, ${problems.length} problems`,
  }
}
