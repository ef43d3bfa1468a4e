import type { SalePage } from '../../networks/types.ts'

/** How far the reading of one network is. */
export type Progress = {
  pages: number
  /** Rows of lists that were read to their end, and of the one that is being read. */
  done: number
  inList: number
  /** How many rows the network says that this list has; null where it does not say. */
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
 * A page more. A run reads several lists, since long windows are cut and each is asked for by sale
 * and by change; how long the next is, is told by its first page. So a page after the last promised
 * row begins another list, and what is to be read grows with it.
 */
export const withPage = (before: Progress, { rejected, rows, total }: SalePage): Progress => {
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
