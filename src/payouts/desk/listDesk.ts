import type { Database } from '../../database/dbIn.ts'
import { type Assessment, assessWithdrawal } from './assessWithdrawal.ts'
import type { DeskFilters, ListTab } from './deskQuery.ts'
import { type DeskRow, loadDeskRows } from './loadDeskRows.ts'
import { countWithdrawals, selectWithdrawals } from './selectWithdrawals.ts'

export type AssessedRow = DeskRow & { assessment: Assessment }
export type DeskList = { rows: AssessedRow[]; total: number; page: number; limit: number }

/** The rows of a page. */
const DESK_PAGE = 50
/**
 * The oldest requests that are sorted by risk, a whole number of pages. Those that follow are sorted
 * by age alone, so that a long queue costs no more than this.
 */
const MAX_RANKED = 1_000

type Asked = { tab: ListTab; filters: DeskFilters; page: number; now: Date }

/**
 * Lists a page of one tab. What waits comes by `findDeskTime`: the oldest and riskiest first. A page
 * beyond the end is empty.
 */
export const listDesk = async (
  db: Database,
  { filters, now, page, tab }: Asked,
): Promise<DeskList> => {
  const offset = (page - 1) * DESK_PAGE
  const isRanked = tab === 'waiting' && offset < MAX_RANKED
  const ids = await selectWithdrawals(db, {
    tab,
    filters,
    limit: isRanked ? MAX_RANKED : DESK_PAGE,
    offset: isRanked ? 0 : offset,
  })
  const rows = (await loadDeskRows(db, { ids, now })).map((row) => ({
    ...row,
    assessment: assessWithdrawal(row, now),
  }))
  return {
    rows: isRanked ? rows.sort(byDeskTime).slice(offset, offset + DESK_PAGE) : rows,
    total: await countWithdrawals(db, { tab, filters }),
    page,
    limit: DESK_PAGE,
  }
}

const byDeskTime = (one: AssessedRow, other: AssessedRow): number =>
  one.assessment.deskTime < other.assessment.deskTime ||
  (one.assessment.deskTime === other.assessment.deskTime && one.id < other.id)
    ? -1
    : 1
