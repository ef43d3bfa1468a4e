import { computeCommission, type Program } from '../../../../src/domain/referrals/commission.ts'
import { minorDigits } from '../../../../src/domain/currency.ts'
import { computeShare } from '../../../../src/domain/money.ts'
import { labelOf } from '../../../../src/domain/labels.ts'

type Earning = { amountMinor: number; isCapped: boolean } | { nothing: string }

/** Returns what a payment between two unrelated members would earn, decided by the rule itself. */
export const computeEarning = (
  program: Program,
  payment: { amountMinor: number; currency: string },
): Earning => {
  const decision = computeCommission({
    payment,
    payer: { ...stranger('payer'), registeredAt: NOW },
    referrer: { ...stranger('referrer'), affiliateActive: true },
    isLoop: false,
    earlierAwards: 0,
    program,
    now: NOW,
  })
  if (decision.reason) return { nothing: labelOf(decision.reason).toLowerCase() }
  const share = computeShare(payment.amountMinor, program.rateBps)
  return { amountMinor: decision.amountMinor, isCapped: share > decision.amountMinor }
}

/** Time plays no role in the examples. */
const NOW = new Date(0)
const stranger = (id: string) => ({
  id,
  name: id,
  email: `${id}@example.in`,
  phone: null,
  mailboxKeys: [],
  phoneKeys: [],
  isConfirmed: true,
})

/** The example payments of a currency, in minor units. */
export const examplePayments = (currency: string): number[] => {
  const unit = 10 ** minorDigits(currency)
  return EXAMPLES.map((amount) => Math.round((amount * unit) / (CHEAP.has(currency) ? 1 : 100)))
}

/** Example payments in major units; a hundredth of them in currencies with a high unit value. */
const EXAMPLES = [499, 1_000, 6_250, 12_499]
const CHEAP: ReadonlySet<string> = new Set(['INR', 'JPY', 'KRW', 'LKR', 'NPR', 'PKR', 'VND', 'IDR'])
