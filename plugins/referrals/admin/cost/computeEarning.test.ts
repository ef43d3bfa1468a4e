import type { Program } from '../../../../src/domain/referrals/commission.ts'
import { computeEarning, examplePayments } from './computeEarning.ts'

const program = (over: Partial<Program> = {}): Program => ({
  version: 1,
  enabled: true,
  rateBps: 950,
  holdDays: 7,
  duration: 'months',
  durationMonths: 12,
  currencies: [{ currency: 'INR', minPaymentMinor: 50_000, maxCommissionMinor: 100_000 }],
  confirmedOnly: true,
  ...over,
})
const earns = (amountMinor: number, over: Partial<Program> = {}, currency = 'INR') =>
  computeEarning(program(over), { amountMinor, currency })

describe('an example earning', () => {
  it('is the share of the payment, limited by the cap, from the minimum payment on', () => {
    expect(examplePayments('INR').map((amount) => earns(amount))).toEqual([
      { nothing: 'below minimum' },
      { amountMinor: 9_500, isCapped: false },
      { amountMinor: 59_375, isCapped: false },
      { amountMinor: 100_000, isCapped: true },
    ])
  })

  it.each(['always', 'first', 'months'] as const)(
    'does not depend on time, with %s',
    (duration) => {
      expect(earns(100_000, { duration })).toEqual({ amountMinor: 9_500, isCapped: false })
    },
  )

  it('is nothing while the programme is off, or without limits for the currency', () => {
    expect(earns(100_000, { enabled: false })).toEqual({ nothing: 'program disabled' })
    expect(earns(100_000, {}, 'USD')).toEqual({ nothing: 'currency not configured' })
    expect(earns(100_000, { rateBps: 0 })).toEqual({ nothing: 'rounds to zero' })
  })

  it('is computed for payments of a usual size in every currency', () => {
    expect(examplePayments('USD')).toEqual([499, 1_000, 6_250, 12_499])
    expect(examplePayments('JPY')).toEqual([499, 1_000, 6_250, 12_499])
    expect(examplePayments('KWD')).toEqual([4_990, 10_000, 62_500, 124_990])
  })
})
