import { shareOf } from './money.ts'

/** What a member gets of a sale: a part of the network's commission, or of the sale itself. */
export type CashbackRate = { basis: 'commission' | 'sale'; rateBps: number }

type Earned = {
  commissionMinor: number
  /** What returns take away from the commission, not above zero. */
  returnedMinor: number
  saleMinor: number | null
  rate: CashbackRate
}

/**
 * A member's share of one sale, in minor units, half up; never below zero. Returns lower what
 * their order earned: of a part of the sale, as far as they lower the commission. Of a sale whose
 * sum the network does not tell, a part of the sale is nothing; so is any of a row below zero.
 *
 * @example cashbackOf({ commissionMinor: 12_495, returnedMinor: 0, saleMinor: 249_900, rate: { basis: 'commission', rateBps: 7_000 } }) // 8_747
 */
export const cashbackOf = (earned: Earned): number => {
  const { commissionMinor, rate, returnedMinor } = earned
  const base = rate.basis === 'commission' ? commissionMinor + returnedMinor : saleLeft(earned)
  return base > 0 ? shareOf(base, rate.rateBps) : 0
}

/** Networks tell what a return takes from the commission; few tell what it takes from the sale. */
const saleLeft = ({ commissionMinor, returnedMinor, saleMinor }: Earned): number => {
  const left = commissionMinor + returnedMinor
  if (saleMinor === null || left < 0) return 0
  if (returnedMinor === 0) return saleMinor
  return left === 0 ? 0 : Number((BigInt(saleMinor) * BigInt(left)) / BigInt(commissionMinor))
}
