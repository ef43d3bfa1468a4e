import { NetworkError } from '../NetworkError.ts'
import type { TransactionPage } from '../types.ts'
import { hashJson, createIdSet, type IdSet } from './ids.ts'

type List = {
  /** Reads the page at a position: an offset, or a page number. */
  readAt: (place: number) => Promise<TransactionPage>
  /** The raw rows of a page, in the list's order. */
  rawsOf: (page: TransactionPage) => unknown[]
  pageSize: number
  /** With offsets, pages overlap, so that a shift of the list between two pages is detected. */
  by: 'offset' | 'number'
}

/** After so many passes the list is left to the next run. */
const MAX_PASSES = 4
/** A list without an end would be read for ever. The ids of so many rows take 32 MB. */
const MAX_ROWS = 2_000_000

/**
 * Reads all pages of a list that may change meanwhile. When rows are added or removed, others can
 * shift from an unread page to a page that was already read. A list that shifted, or that has fewer
 * different rows than its total, is read again until one pass is complete.
 *
 * @throws NetworkError `network.bad-answer` the list changed in every pass, or is never complete
 * @throws NetworkError `network.too-large` the list has, or claims, more than 2,000,000 rows
 */
export const pageThrough = async function* (list: List): AsyncGenerator<TransactionPage> {
  const known = createIdSet()
  for (let pass = 1; pass <= MAX_PASSES; pass += 1) {
    const before = known.size()
    const found = pass === 1 ? known : createIdSet()
    const { hasEnd, hasMoved, total } = yield* readPass(list, { found, known })
    const isStable = hasEnd && !hasMoved
    if (isStable && (total === null || found.size() >= total)) return
    // A second pass brought no new row: the list contains rows twice, and its total counts them.
    if (isStable && pass > 1 && known.size() === before) return
  }
  throw new NetworkError('network.bad-answer', {
    message: 'the list changed while it was read, or has fewer rows than its total',
    isRetryable: true,
  })
}

type Pass = { total: number | null; hasEnd: boolean; hasMoved: boolean }
/** The ids of this pass, and of all passes until now. */
type Seen = { found: IdSet; known: IdSet }

const readPass = async function* (
  list: List,
  { found, known }: Seen,
): AsyncGenerator<TransactionPage, Pass> {
  const { by, pageSize, rawsOf, readAt } = list
  const overlap = by === 'offset' ? Math.min(5, Math.floor(pageSize / 4)) : 0
  const pass: Pass = { total: null, hasEnd: false, hasMoved: false }
  let place = by === 'offset' ? 0 : 1
  let positions = 0
  let tail: string[] = []
  for (;;) {
    const page = await readAt(place)
    if (Math.max(positions, page.total ?? 0) > MAX_ROWS) throw tooLong()
    yield page
    const ids = listIds(page, rawsOf(page))
    const isNew = ids.filter((id) => found.add(id)).length > 0
    for (const id of ids) known.add(id)
    if (hasShifted({ tail, ids, before: pass.total, now: page.total })) pass.hasMoved = true
    pass.total = page.total
    positions = by === 'offset' ? place + ids.length : positions + ids.length
    pass.hasEnd = page.total === null ? ids.length < pageSize : positions >= page.total
    if (pass.hasEnd || ids.length === 0) return pass
    // Without a total, only a page without a new row shows that the network ignores the position.
    if (page.total === null && !isNew) return { ...pass, hasEnd: true }
    const isOverlapping = ids.length > overlap
    tail = isOverlapping ? ids.slice(ids.length - overlap) : []
    place = by === 'offset' ? positions - (isOverlapping ? overlap : 0) : place + 1
  }
}

const tooLong = (): NetworkError =>
  new NetworkError('network.too-large', {
    message: `the list has more than ${MAX_ROWS.toLocaleString('en')} rows`,
  })

type Seam = { tail: string[]; ids: string[]; before: number | null; now: number | null }

/**
 * Compares the last rows of a page with the next page, which repeats them. If one is missing there,
 * the list has shifted, and another row may have been skipped.
 */
const hasShifted = ({ before, ids, now, tail }: Seam): boolean => {
  if (before === null || now === null) return false
  if (tail.length === 0) return now !== before
  return now < before || !tail.every((id) => ids.includes(id))
}

const listIds = ({ rows }: TransactionPage, raws: unknown[]): string[] => {
  const idOf = new Map(rows.map(({ externalId, raw }) => [raw, externalId]))
  return raws.map((raw) => idOf.get(raw) ?? `rejected ${hashJson(raw)}`)
}
