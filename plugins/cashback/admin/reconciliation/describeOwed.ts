import { formatMoney } from '../../../../src/domain/money.ts'
import type { Owed } from '../../../../src/cashback/reconciliation/owedByAge.ts'

/** The summary above the table: the sum owed in each currency, and how much of it is old. Pure. */
export const describeOwed = (rows: Owed[]): string => {
  const sums = new Map<string, { owed: number; older: number }>()
  for (const { currency, olderMinor, owedMinor } of rows) {
    const sum = sums.get(currency) ?? { owed: 0, older: 0 }
    sums.set(currency, { owed: sum.owed + owedMinor, older: sum.older + olderMinor })
  }
  const open = [...sums].filter(([, { older, owed }]) => owed !== 0 || older !== 0)
  if (open.length === 0) return 'No network owes us anything.'
  const owed = open.map(([currency, sum]) => formatMoney(sum.owed, currency)).join(' and ')
  const older = open.filter(([, sum]) => sum.older > 0)
  if (older.length === 0) return `Networks owe us ${owed}, none of it for more than 90 days.`
  const old = older.map(([currency, sum]) => formatMoney(sum.older, currency)).join(' and ')
  return `Networks owe us ${owed}, of which ${old} for more than 90 days.`
}
