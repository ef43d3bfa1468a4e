import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import type { Outcome } from './useUnattributed.ts'

/**
 * The rows as they were read, and among them, where they stood, those that were just decided and
 * wait no more: what became of a row is told in its place.
 */
export const rowsToShow = (
  rows: UnattributedRow[],
  outcomes: ReadonlyMap<string, Outcome>,
): UnattributedRow[] => {
  const open = new Set(rows.map(({ transaction }) => transaction.id))
  const shown = [...rows]
  const gone = [...outcomes.values()].filter(({ row }) => !open.has(row.transaction.id))
  for (const { index, row } of gone.sort((one, other) => one.index - other.index)) {
    shown.splice(Math.min(index, shown.length), 0, row)
  }
  return shown
}
