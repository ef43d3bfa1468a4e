import type { TransactionStatus } from './transaction.ts'

/** A line of a network's payment statement. */
export type PayoutLine = {
  number: number
  externalId: string | null
  orderId: string | null
  /** Below zero if the network takes money back, as for a reversal. */
  amountMinor: number
}

/** A stored transaction that a line may pay. */
export type KnownTransaction = {
  id: string
  externalId: string
  orderId: string | null
  /** Order numbers are unique within a programme only. */
  programId: string | null
  reversalOf: string | null
  status: TransactionStatus
  commissionMinor: number
  currency: string
  /** True if an earlier statement paid it. */
  isPaidFor: boolean
}

export const LINE_RESULTS = [
  'matched',
  'differs',
  'not-approved',
  'paid-before',
  'unknown',
] as const
export type LineResult = (typeof LINE_RESULTS)[number]

export type MatchedLine = PayoutLine & {
  result: LineResult
  transaction: KnownTransaction | null
  /** The expected commission; null if there is no transaction, or if its currency differs. */
  ourMinor: number | null
  /** True if this line pays the transaction. */
  isPaying: boolean
}

type Payout = { lines: PayoutLine[]; transactions: KnownTransaction[]; currency: string }
type Match = { transaction: KnownTransaction | null; isTaken: boolean }

/**
 * Matches the lines of a statement to the transactions of its network: by the network's id, else by
 * the order. An order number that several programmes have is matched only if one amount fits, else
 * it is unknown. A transaction is paid once: a second line for it is `paid-before`. A line matches only
 * transactions with the same sign. So a line below zero pays no order, but matches the reversal.
 */
export const matchPayoutLines = ({ currency, lines, transactions }: Payout): MatchedLine[] => {
  const taken = new Set<string>()
  const byId = new Map(transactions.map((transaction) => [transaction.externalId, transaction]))
  const named = lines.map((line): Match | null => {
    const transaction = byId.get(line.externalId ?? '')
    if (!transaction || !isSameSign(line, transaction)) return null
    const isTaken = taken.has(transaction.id)
    taken.add(transaction.id)
    return { transaction, isTaken }
  })
  const byOrder = groupByOrder(transactions)
  return lines.map((line, at) => {
    const found = named[at] ?? findByOrder({ byId, byOrder, currency, line, taken }) ?? NO_MATCH
    return toMatchedLine(line, found, currency)
  })
}

const NO_MATCH: Match = { transaction: null, isTaken: false }

const isSameSign = (line: PayoutLine, transaction: KnownTransaction): boolean =>
  Math.sign(line.amountMinor) === Math.sign(transaction.commissionMinor)

/** A reversal is found by its own order, and by the one that it reverses. */
const groupByOrder = (transactions: KnownTransaction[]): Map<string, KnownTransaction[]> => {
  const orders = new Map<string, KnownTransaction[]>()
  for (const transaction of transactions) {
    for (const order of new Set([transaction.orderId, transaction.reversalOf])) {
      if (order === null) continue
      const known = orders.get(order)
      if (known) known.push(transaction)
      else orders.set(order, [transaction])
    }
  }
  return orders
}

type Search = {
  byId: Map<string, KnownTransaction>
  byOrder: Map<string, KnownTransaction[]>
  currency: string
  line: PayoutLine
  taken: Set<string>
}

const findByOrder = ({ byId, byOrder, currency, line, taken }: Search): Match | null => {
  const own = byId.get(line.externalId ?? '') ?? null
  const ofOrder = byOrder.get(line.orderId ?? own?.orderId ?? '') ?? []
  const alike = ofOrder.filter((transaction) => isSameSign(line, transaction))
  const free = alike.filter(({ id }) => !taken.has(id))
  const fitting = free.filter(
    (one) => one.commissionMinor === line.amountMinor && one.currency === currency,
  )
  if (isAmbiguous(alike) && isAmbiguous(fitting)) return null
  const transaction = fitting[0] ?? (isAmbiguous(alike) ? undefined : free[0])
  if (transaction) {
    taken.add(transaction.id)
    return { transaction, isTaken: false }
  }
  // An unknown id names another transaction of the order, which the network never reported.
  const again = line.externalId === null && !isAmbiguous(alike) ? alike[0] : undefined
  if (again) return { transaction: again, isTaken: true }
  return own && { transaction: own, isTaken: false }
}

const isAmbiguous = (transactions: KnownTransaction[]): boolean =>
  new Set(transactions.map(({ programId }) => programId)).size > 1

const toMatchedLine = (
  line: PayoutLine,
  { isTaken, transaction }: Match,
  currency: string,
): MatchedLine => {
  if (!transaction)
    return { ...line, result: 'unknown', transaction, ourMinor: null, isPaying: false }
  const ourMinor = transaction.currency === currency ? transaction.commissionMinor : null
  const result = compareLine(line, { isTaken, ourMinor, transaction })
  // Also before the network approves it: approved later, it is paid and not owed.
  const isPaying = result !== 'paid-before' && isSameSign(line, transaction)
  return { ...line, result, transaction, ourMinor, isPaying }
}

const compareLine = (
  line: PayoutLine,
  {
    isTaken,
    ourMinor,
    transaction,
  }: { isTaken: boolean; ourMinor: number | null; transaction: KnownTransaction },
): LineResult => {
  if (isTaken || transaction.isPaidFor) return 'paid-before'
  if (transaction.status !== 'approved' && transaction.status !== 'paid') return 'not-approved'
  return line.amountMinor === ourMinor ? 'matched' : 'differs'
}
