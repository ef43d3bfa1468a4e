import { countOf } from '../../../../src/admin/format/counts.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { DeskItem } from './deskItem.ts'

type Amount = Pick<DeskItem, 'currency' | 'grossMinor'>

/** The gross totals of withdrawals by currency, as the endpoint compares them. */
export const sumItems = (items: readonly Amount[]): Record<string, number> => {
  const totals: Record<string, number> = {}
  for (const { currency, grossMinor } of items) {
    totals[currency] = (totals[currency] ?? 0) + grossMinor
  }
  return totals
}

/** @example formatTotals({ INR: 1_025_000, EUR: 500 }) // '₹10,250.00 and €5.00' */
export const formatTotals = (totals: Record<string, number>): string =>
  Object.entries(totals)
    .map(([currency, minor]) => formatMoney(minor, currency))
    .join(' and ')

/** @example describeItems(items) // '6 withdrawals, ₹10,250.00' */
export const describeItems = (items: readonly Amount[]): string =>
  `${countOf(items.length, 'withdrawal')}, ${formatTotals(sumItems(items))}`
