import type { OrphanRow } from '../../../../src/orphans/listOrphans.ts'
import type { Outcome } from './useSales.ts'

/**
 * The rows as they were read, and among them, where they stood, those that were just decided and
 * wait no more: what became of a row is told in its place.
 */
export const rowsToShow = (
  rows: OrphanRow[],
  outcomes: ReadonlyMap<string, Outcome>,
): OrphanRow[] => {
  const open = new Set(rows.map(({ sale }) => sale.id))
  const shown = [...rows]
  const gone = [...outcomes.values()].filter(({ row }) => !open.has(row.sale.id))
  for (const { index, row } of gone.sort((one, other) => one.index - other.index)) {
    shown.splice(Math.min(index, shown.length), 0, row)
  }
  return shown
}
