import { computeShare } from '../money.ts'

/** A member's share: a part of the network's commission, or of the transaction's amount. */
export type CashbackRate = { basis: 'commission' | 'sale'; rateBps: number }

type Earned = {
  commissionMinor: number
  /** The amount that reversals take off the commission; zero or below. */
  reversedMinor: number
  saleMinor: number | null
  rate: CashbackRate
}

/**
 * Computes a member's share of one transaction, in minor units, rounded half up and never below
 * zero. Reversals lower it. A share of the transaction's amount falls in proportion to the
 * commission, and is zero if the network reports no amount. A reversal earns nothing.
 *
 * @example computeCashback({ commissionMinor: 12_495, reversedMinor: 0, saleMinor: 249_900, rate: { basis: 'commission', rateBps: 7_000 } }) // 8_747
 */
export const computeCashback = (earned: Earned): number => {
  const { commissionMinor, rate, reversedMinor } = earned
  const base =
    rate.basis === 'commission' ? commissionMinor + reversedMinor : computeSaleLeft(earned)
  return base > 0 ? computeShare(base, rate.rateBps) : 0
}

/**
 * Networks report how much a reversal takes off the commission; few report how much it takes off
 * the transaction's amount.
 */
const computeSaleLeft = ({ commissionMinor, reversedMinor, saleMinor }: Earned): number => {
  const left = commissionMinor + reversedMinor
  if (saleMinor === null || left < 0) return 0
  if (reversedMinor === 0) return saleMinor
  return left === 0 ? 0 : Number((BigInt(saleMinor) * BigInt(left)) / BigInt(commissionMinor))
}
