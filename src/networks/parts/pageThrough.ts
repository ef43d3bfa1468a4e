import { NetworkError } from '../NetworkError.ts'
import type { SalePage } from '../types.ts'
import { idSet, type IdSet } from './idSet.ts'
import { hashOf } from './madeId.ts'

type List = {
  /** The page at a place: an offset, or a page number. */
  readAt: (place: number) => Promise<SalePage>
  /** Its rows as they came, in the list's order. */
  rawsOf: (page: SalePage) => unknown[]
  pageSize: number
  /** Offsets let pages overlap, so that a list which moved between two pages is noticed. */
  by: 'offset' | 'number'
}

/** A list that moves more often than this while it is read is left to the next run. */
const PASSES = 4

/**
 * Reads a list that may move meanwhile: rows come and go, so one can slip from a page not yet read
 * onto one that was. What moved, or has fewer different rows than the network says, is read again,
 * until a pass is whole.
 *
 * @throws NetworkError `network.bad-answer` it never stood still, or is never whole
 */
export const pageThrough = async function* (list: List): AsyncGenerator<SalePage> {
  const known = idSet()
  for (let pass = 1; pass <= PASSES; pass += 1) {
    const before = known.size()
    const found = pass === 1 ? known : idSet()
    const { hasEnd, hasMoved, total } = yield* passThrough(list, { found, known })
    const stoodStill = hasEnd && !hasMoved
    if (stoodStill && (total === null || found.size() >= total)) return
    // The second time that fewer rows than promised came, and the same: the list repeats itself.
    if (stoodStill && pass > 1 && known.size() === before) return
  }
  throw new NetworkError('network.bad-answer', {
    message: 'the list moved while it was read, or had fewer rows than it says',
    isRetryable: true,
  })
}

type Pass = { total: number | null; hasEnd: boolean; hasMoved: boolean }
/** The ids of this pass, and of all until now. */
type Seen = { found: IdSet; known: IdSet }

const passThrough = async function* (
  list: List,
  { found, known }: Seen,
): AsyncGenerator<SalePage, Pass> {
  const { by, pageSize, rawsOf, readAt } = list
  const overlap = by === 'offset' ? Math.min(5, Math.floor(pageSize / 4)) : 0
  const pass: Pass = { total: null, hasEnd: false, hasMoved: false }
  let place = by === 'offset' ? 0 : 1
  let positions = 0
  let tail: string[] = []
  for (;;) {
    const page = await readAt(place)
    yield page
    const ids = idsOf(page, rawsOf(page))
    const isNew = ids.filter((id) => found.add(id)).length > 0
    for (const id of ids) known.add(id)
    if (hasShifted({ tail, ids, before: pass.total, now: page.total })) pass.hasMoved = true
    pass.total = page.total
    positions = by === 'offset' ? place + ids.length : positions + ids.length
    pass.hasEnd = page.total === null ? ids.length < pageSize : positions >= page.total
    if (pass.hasEnd || ids.length === 0) return pass
    // Without a total only a page that says nothing new tells that a network ignores the place.
    if (page.total === null && !isNew) return { ...pass, hasEnd: true }
    const isOverlapping = ids.length > overlap
    tail = isOverlapping ? ids.slice(ids.length - overlap) : []
    place = by === 'offset' ? positions - (isOverlapping ? overlap : 0) : place + 1
  }
}

type Seam = { tail: string[]; ids: string[]; before: number | null; now: number | null }

/**
 * By the last rows of a page, which the next one repeats: those that are missing there have moved
 * up, and another may have moved past the seam with them.
 */
const hasShifted = ({ before, ids, now, tail }: Seam): boolean => {
  if (before === null || now === null) return false
  if (tail.length === 0) return now !== before
  return now < before || !tail.every((id) => ids.includes(id))
}

const idsOf = ({ rows }: SalePage, raws: unknown[]): string[] => {
  const idOf = new Map(rows.map(({ externalId, raw }) => [raw, externalId]))
  return raws.map((raw) => idOf.get(raw) ?? `rejected ${hashOf(raw)}`)
}
