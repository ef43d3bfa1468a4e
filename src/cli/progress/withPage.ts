import type { TransactionPage } from '../../cashback/networks/types.ts'

/** The progress of one network. */
export type Progress = {
  pages: number
  /** Rows of lists that were read to their end, and of the one that is being read. */
  done: number
  inList: number
  /** How many rows the network announces for this list; null if it announces none. */
  total: number | null
  /** Ids on the last page, which the next one may repeat. */
  last: ReadonlySet<string>
}

export const NOTHING_READ: Progress = {
  pages: 0,
  done: 0,
  inList: 0,
  total: null,
  last: new Set(),
}

/**
 * Adds a page. A run reads several lists: long windows are split, and each is requested by
 * transaction date and by change date. A list's first page announces its length. So a page after
 * the last announced row begins another list, and the total grows with it.
 */
export const withPage = (
  before: Progress,
  { rejected, rows, total }: TransactionPage,
): Progress => {
  const hasEnded = before.total !== null && before.inList >= before.total
  const { done, inList, last } = hasEnded
    ? { done: before.done + before.inList, inList: 0, last: NOTHING_READ.last }
    : before
  const fresh = rows.filter(({ externalId }) => !last.has(externalId)).length + rejected.length
  return {
    pages: before.pages + 1,
    done,
    inList: inList + fresh,
    total,
    last: new Set(rows.map(({ externalId }) => externalId)),
  }
}
