import type { SaleStatus } from './sale.ts'

/** A line of a network's payment statement. */
export type PayoutLine = {
  number: number
  externalId: string | null
  orderId: string | null
  /** Below zero where the network takes back, as for a return. */
  amountMinor: number
}

/** A sale that a line may be about, as we know it. */
export type KnownSale = {
  id: string
  externalId: string
  orderId: string | null
  returnOf: string | null
  status: SaleStatus
  commissionMinor: number
  currency: string
  /** By a statement before this one. */
  isPaidFor: boolean
}

export const VERDICTS = ['matched', 'differs', 'not-approved', 'paid-before', 'unknown'] as const
export type Verdict = (typeof VERDICTS)[number]

export type JudgedLine = PayoutLine & {
  verdict: Verdict
  sale: KnownSale | null
  /** Our commission; null where there is none to compare with, or it is in another currency. */
  ourMinor: number | null
  /** Whether the sale is paid for by this line. */
  isPaying: boolean
}

type Payout = { lines: PayoutLine[]; sales: KnownSale[]; currency: string }
type Find = { sale: KnownSale | null; isTaken: boolean }

/**
 * Lays the lines of a statement beside the sales of its network: by the network's id, else by the
 * order. A sale is paid for once, so the second line for it is `paid-before`. A line takes a sale of
 * its own sign only: what is taken back never pays for what was sold, but finds the return.
 */
export const judgePayout = ({ currency, lines, sales }: Payout): JudgedLine[] => {
  const taken = new Set<string>()
  const byId = new Map(sales.map((sale) => [sale.externalId, sale]))
  const named = lines.map((line): Find | null => {
    const sale = byId.get(line.externalId ?? '')
    if (!sale || !isSameSign(line, sale)) return null
    const isTaken = taken.has(sale.id)
    taken.add(sale.id)
    return { sale, isTaken }
  })
  const byOrder = ordersOf(sales)
  return lines.map((line, at) => {
    const found = named[at] ?? findByOrder({ byId, byOrder, currency, line, taken }) ?? NOTHING
    return judge(line, found, currency)
  })
}

const NOTHING: Find = { sale: null, isTaken: false }

const isSameSign = (line: PayoutLine, sale: KnownSale): boolean =>
  Math.sign(line.amountMinor) === Math.sign(sale.commissionMinor)

/** A return is found by its own order, and by the one that it takes back. */
const ordersOf = (sales: KnownSale[]): Map<string, KnownSale[]> => {
  const orders = new Map<string, KnownSale[]>()
  for (const sale of sales) {
    for (const order of new Set([sale.orderId, sale.returnOf])) {
      if (order === null) continue
      const known = orders.get(order)
      if (known) known.push(sale)
      else orders.set(order, [sale])
    }
  }
  return orders
}

type Search = {
  byId: Map<string, KnownSale>
  byOrder: Map<string, KnownSale[]>
  currency: string
  line: PayoutLine
  taken: Set<string>
}

const findByOrder = ({ byId, byOrder, currency, line, taken }: Search): Find | null => {
  const own = byId.get(line.externalId ?? '') ?? null
  const ofOrder = byOrder.get(line.orderId ?? own?.orderId ?? '') ?? []
  const alike = ofOrder.filter((sale) => isSameSign(line, sale))
  const free = alike.filter(({ id }) => !taken.has(id))
  const sale =
    free.find((one) => one.commissionMinor === line.amountMinor && one.currency === currency) ??
    free[0]
  if (sale) {
    taken.add(sale.id)
    return { sale, isTaken: false }
  }
  // An id that we do not have is of another sale of the order, which nobody told us of.
  const again = line.externalId === null ? alike[0] : undefined
  if (again) return { sale: again, isTaken: true }
  return own && { sale: own, isTaken: false }
}

const judge = (line: PayoutLine, { isTaken, sale }: Find, currency: string): JudgedLine => {
  if (!sale) return { ...line, verdict: 'unknown', sale, ourMinor: null, isPaying: false }
  const ourMinor = sale.currency === currency ? sale.commissionMinor : null
  const verdict = verdictOf(line, { isTaken, ourMinor, sale })
  // Also before they approve it: approved later, it is paid, and they do not owe it.
  const isPaying = verdict !== 'paid-before' && isSameSign(line, sale)
  return { ...line, verdict, sale, ourMinor, isPaying }
}

const verdictOf = (
  line: PayoutLine,
  { isTaken, ourMinor, sale }: { isTaken: boolean; ourMinor: number | null; sale: KnownSale },
): Verdict => {
  if (isTaken || sale.isPaidFor) return 'paid-before'
  if (sale.status !== 'approved' && sale.status !== 'paid') return 'not-approved'
  return line.amountMinor === ourMinor ? 'matched' : 'differs'
}
