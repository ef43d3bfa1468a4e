import { lowerBound } from './lowerBound.ts'
import type { Sale, SalePage, Series } from './types.ts'

type Wanted = {
  series: Series[]
  offset: number
  limit: number
  isNewestFirst?: boolean | undefined
}

/** A page of several series as if they were one. The way to it does not grow with the offset. */
export const mergedPage = ({ isNewestFirst = false, limit, offset, series }: Wanted): SalePage => {
  const total = series.reduce((sum, { length }) => sum + length, 0)
  const count = Math.max(0, Math.min(limit, total - offset))
  const first = isNewestFirst ? total - offset - count : offset
  const sales = count > 0 ? salesFrom(series, first, count) : []
  return { sales: isNewestFirst ? sales.reverse() : sales, total }
}

const salesFrom = (series: Series[], first: number, count: number): Sale[] => {
  const positions = positionsBefore(series, first)
  let toSkip = first - positions.reduce((sum, position) => sum + position, 0)
  const sales: Sale[] = []
  while (sales.length < count) {
    const next = earliestOf(series, positions)
    const position = positions[next] ?? 0
    positions[next] = position + 1
    const sale = toSkip > 0 ? null : series[next]?.saleAt(position)
    if (sale) sales.push(sale)
    else toSkip -= 1
  }
  return sales
}

/** Whose next sale is the earliest; of equals the first. */
const earliestOf = (series: Series[], positions: number[]): number => {
  let [earliest, earliestMs] = [0, Infinity]
  for (const [index, { length, timeAt }] of series.entries()) {
    const position = positions[index] ?? 0
    const ms = position < length ? timeAt(position) : Infinity
    if (ms < earliestMs) [earliest, earliestMs] = [index, ms]
  }
  return earliest
}

/** How much of each series comes before an instant that at most `first` sales come before. */
const positionsBefore = (series: Series[], first: number): number[] => {
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
