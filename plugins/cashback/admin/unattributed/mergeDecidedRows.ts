import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import type { Outcome } from './useAssignments.ts'

/**
 * Adds the rows that were just decided to the open rows, at their former index, so that the outcome
 * of a decision is shown in its place.
 */
export const mergeDecidedRows = (
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
