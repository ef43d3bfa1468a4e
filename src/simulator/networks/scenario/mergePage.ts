import type { Series, Transaction, TransactionPage } from './types.ts'

type Wanted = {
  series: Series[]
  offset: number
  limit: number
  isNewestFirst?: boolean | undefined
}

/** Reads a page of several series merged by time. Its cost does not grow with the offset. */
export const mergePage = ({
  isNewestFirst = false,
  limit,
  offset,
  series,
}: Wanted): TransactionPage => {
  const total = series.reduce((sum, { length }) => sum + length, 0)
  const count = Math.max(0, Math.min(limit, total - offset))
  const first = isNewestFirst ? total - offset - count : offset
  const transactions = count > 0 ? readMerged(series, first, count) : []
  return { transactions: isNewestFirst ? transactions.reverse() : transactions, total }
}

const readMerged = (series: Series[], first: number, count: number): Transaction[] => {
  const positions = findPositions(series, first)
  let toSkip = first - positions.reduce((sum, position) => sum + position, 0)
  const transactions: Transaction[] = []
  while (transactions.length < count) {
    const next = findEarliest(series, positions)
    const position = positions[next] ?? 0
    positions[next] = position + 1
    const transaction = toSkip > 0 ? null : series[next]?.transactionAt(position)
    if (transaction) transactions.push(transaction)
    else toSkip -= 1
  }
  return transactions
}

/** The index of the series with the earliest next transaction; the first of equal ones. */
const findEarliest = (series: Series[], positions: number[]): number => {
  let [earliest, earliestMs] = [0, Infinity]
  for (const [index, { length, timeAt }] of series.entries()) {
    const position = positions[index] ?? 0
    const ms = position < length ? timeAt(position) : Infinity
    if (ms < earliestMs) [earliest, earliestMs] = [index, ms]
  }
  return earliest
}

/**
 * For each series, the number of transactions before an instant, chosen so that they sum up to at
 * most `first`.
 */
const findPositions = (series: Series[], first: number): number[] => {
  const filled = series.filter(({ length }) => length > 0)
  if (filled.length === 1) return series.map(({ length }) => (length > 0 ? first : 0))
  let low = Math.min(...filled.map(({ timeAt }) => timeAt(0)))
  let high = Math.max(...filled.map(({ length, timeAt }) => timeAt(length - 1)))
  const before = (ms: number) => series.map((each) => lowerBound(each, ms))
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const sum = before(middle).reduce((all, position) => all + position, 0)
    if (sum <= first) low = middle
    else high = middle - 1
  }
  return before(low)
}

/** The number of transactions before the instant. */
export const lowerBound = (
  { length, timeAt }: Pick<Series, 'length' | 'timeAt'>,
  ms: number,
): number => {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (timeAt(middle) < ms) low = middle + 1
    else high = middle
  }
  return low
}
