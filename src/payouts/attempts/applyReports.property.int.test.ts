import fc from 'fast-check'

import { createUser } from '../../../test/support/factories.ts'
import { setDriver, setPayoutRules } from '../../../test/support/payoutFactories.ts'
import {
  answers,
  approve,
  createPayee,
  createWithdrawal,
  openScripted,
  pay,
  readFunds,
  readWithdrawal,
  report,
  runIn,
  type StoredAttempt,
} from '../../../test/support/payoutSteps.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { DomainError } from '../../domain/errors.ts'
import { holdsMoney, type WithdrawalStatus } from '../../domain/payouts/withdrawalStates.ts'
import { verifyWallets } from '../../ledger/verification/verifyWallets.ts'
import type { User } from '../../payload-types.ts'
import {
  cancelWithdrawal,
  holdWithdrawal,
  liftHold,
  rejectWithdrawal,
} from '../withdrawals/stopWithdrawal.ts'
import { answerLate } from './answerLate.ts'
import { applyReports } from './applyReports.ts'

const SEQUENCES = 200
const START = 100_000
const GROSS = 60_000
const FEE = 1_000

let product: Product
let [finance, other] = [] as unknown as [User, User]
const bank = openScripted()

beforeAll(async () => {
  product = await startProduct()
  setDriver(product.payload, bank.driver)
  await setPayoutRules(product, [{ fee_fixed_minor: FEE }])
  finance = await createUser(product.payload, { role: 'finance' })
  other = await createUser(product.payload, { role: 'finance' })
})
afterAll(() => product.close())

const STATUSES = ['failed', 'not-found', 'pending', 'returned', 'settled', 'unknown'] as const
/** What moves money comes more often. */
const anyStatus = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('failed' as const, 'returned' as const, 'settled' as const),
  },
  { weight: 1, arbitrary: fc.constantFrom(...STATUSES) },
)
const REMEDIES = ['fix', 'later', 'never', 'operator', null] as const
/** One report: of which attempt, from the last one, and in which words. */
const oneReport = fc.record({
  back: fc.nat({ max: 2 }),
  status: anyStatus,
  remedy: fc.constantFrom(...REMEDIES),
})
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      reports: fc.array(oneReport, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      status: anyStatus,
      remedy: fc.constantFrom(...REMEDIES),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      back: fc.nat({ max: 2 }),
      found: fc.constantFrom('paid' as const, 'not-paid' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      what: fc.constantFrom('approve', 'cancel', 'hold', 'lift', 'reject'),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

type World = { id: string; member: User; now: Date }

const perform = async (world: World, one: Step): Promise<void> => {
  const { id, now } = world
  const { attempts } = await readWithdrawal(product, id)
  const pick = (back: number) => attempts[Math.max(0, attempts.length - 1 - back)]
  switch (one.do) {
    case 'pay':
      bank.script.send = () => answers.report(one.status, { remedy: one.remedy })
      await pay(product, now)
      return
    case 'report': {
      const reports = one.reports.flatMap(({ back, remedy, status }) => {
        const key = pick(back)?.key
        return key ? [{ name: { key }, report: report(status, { remedy }) }] : []
      })
      await runIn(product.payload, (req) => applyReports(req, { reports, now }))
      return
    }
    case 'answer': {
      const key = pick(one.back)?.key ?? 'none'
      const { found } = one
      await runIn(product.payload, (req) =>
        answerLate(req, { key, found, by: other.id, reason: 'seen', now }),
      )
      return
    }
    case 'decide':
      await decide(world, one.what)
  }
}

const decide = async ({ id, member, now }: World, what: string): Promise<void> => {
  const by = { id: finance.id, role: 'finance' }
  if (what === 'approve') {
    await approve(product, finance.id, [id], now)
    return
  }
  await runIn(product.payload, async (req) => {
    if (what === 'cancel') return cancelWithdrawal(req, { id, member: member.id, now })
    if (what === 'reject') return rejectWithdrawal(req, { id, by, reason: 'no', now })
    if (what === 'lift') return liftHold(req, { id, by, reason: 'fine', now })
    const until = new Date(now.getTime() + 1)
    return holdWithdrawal(req, { id, by, owner: finance.id, reason: 'look', until, now })
  })
}

/** Attempts that are on their way or paid, those that a person found to be paid among them. */
const countStanding = async (attempts: readonly StoredAttempt[]): Promise<number> => {
  const late = attempts.filter((attempt) => attempt.late === 'paid').map(({ key }) => key)
  const keys = late.map((key) => `'payout:${key}:late:return'`).join(', ') || `''`
  const back = await product.sql(`select 1 from wallet_transactions where key in (${keys})`)
  const own = attempts.filter(({ status }) => !['failed', 'returned'].includes(status))
  return own.length + late.length - back.length
}

const check = async ({ id, member }: World): Promise<void> => {
  const { attempts, late, status } = await readWithdrawal(product, id)
  const { available, fees, held, payouts, tax } = await readFunds(product, member.id)
  const standing = await countStanding(attempts)
  const place = holdsMoney(status as WithdrawalStatus)
  expect(available + held + payouts + fees + tax).toBe(START)
  expect(available).toBeLessThanOrEqual(START)
  expect(held).toBe(place === 'held' ? GROSS : 0)
  expect(payouts).toBe((GROSS - FEE) * standing)
  expect([status, standing > 0]).toEqual([status, place === 'payouts'])
  expect([status, late]).toEqual([status, attempts.some((attempt) => attempt.late === 'open')])
}

it(`after any reports, answers and decisions each rupee is in its place (${SEQUENCES} sequences)`, async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      run += 1
      await product.sql(`update withdrawals set next_attempt_at = '2100-01-01'`)
      const { member, method } = await createPayee(product, { amountMinor: START })
      const id = await createWithdrawal(product, { member, method, grossMinor: GROSS })
      await approve(product, finance.id, [id])
      const world = { id, member, now: new Date() }
      for (const one of steps) {
        world.now = new Date(world.now.getTime() + 86_400_000)
        // A refusal is an answer; anything else is a fault.
        await perform(world, one).catch((error: unknown) => {
          if (!(error instanceof DomainError)) throw error
        })
        await check(world)
      }
    }),
    { numRuns: SEQUENCES },
  )
  expect(run).toBeGreaterThanOrEqual(SEQUENCES)
  expect((await verifyWallets(product.payload)).problems).toEqual([])
}, 600_000)
