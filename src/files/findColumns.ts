import { readCell } from './readCell.ts'

/** How a header fits the needed columns. */
export type FoundColumns =
  | { result: 'found'; places: Map<string, number> }
  | { result: 'missing'; columns: string[] }
  | { result: 'twice'; column: string; names: string[] }

/**
 * Finds the needed columns in the cells of a header, whatever the case, spaces, underscores and
 * dashes of their names. A needed column that is there twice, also in another spelling, is found
 * nowhere: which of the two is meant cannot be known.
 *
 * @example findColumns(['sub_id', 'Status'], ['Sub ID']) // { result: 'found', places: Map { 'Sub ID' => 0 } }
 */
export const findColumns = (header: readonly string[], needed: readonly string[]): FoundColumns => {
  const keys = header.map(toKey)
  const places = new Map<string, number>()
  const missing: string[] = []
  for (const column of new Set(needed)) {
    const key = toKey(column)
    const at = keys.indexOf(key)
    if (at < 0) {
      missing.push(column)
      continue
    }
    if (at !== keys.lastIndexOf(key)) {
      const names = header.filter((_name, place) => keys[place] === key)
      return { result: 'twice', column, names: names.map((name) => readCell(name) ?? '') }
    }
    places.set(column, at)
  }
  return missing.length > 0 ? { result: 'missing', columns: missing } : { result: 'found', places }
}

/** Describes why a file has no header that can be used. */
export const describeHeader = (found: Exclude<FoundColumns, { result: 'found' }>): string =>
  found.result === 'missing'
    ? `the file has no column ${found.columns.join(', ')}`
    : `the file has the column ${found.column} twice: ${found.names.join(', ')}`

/** Lines that may stand above the header, such as a title. */
export const MAX_PREAMBLE = 20

/**
 * Finds the header among the first lines of a file: the first that has all columns. Else it is the
 * line that has most of them, so that it can be named what that one lacks.
 */
export const findHeader = (
  lines: readonly (readonly string[])[],
  needed: readonly string[],
): { at: number; found: FoundColumns } => {
  let best = { at: 0, found: findColumns(lines[0] ?? [], needed), lacks: Number.POSITIVE_INFINITY }
  for (const [at, cells] of lines.slice(0, MAX_PREAMBLE).entries()) {
    const found = findColumns(cells, needed)
    const lacks = found.result === 'missing' ? found.columns.length : 0
    if (lacks < best.lacks) best = { at, found, lacks }
    if (lacks === 0) break
  }
  return { at: best.at, found: best.found }
}

/**
 * Returns how a line below the header repeats it, as files do that were joined: `same` with the
 * columns in their places, `other` with them elsewhere, null if the line is no header. No line of
 * data has the names of half its columns.
 */
export const compareHeader = (
  cells: readonly string[],
  places: ReadonlyMap<string, number>,
): 'other' | 'same' | null => {
  const keys = cells.map(toKey)
  const columns = keysOf(places)
  const named = columns.filter(([key]) => keys.includes(key))
  if (named.length < Math.max(2, columns.length / 2)) return null
  return columns.every(([key, place]) => keys[place] === key) ? 'same' : 'other'
}

/** Every line of a file is compared with the same columns. */
const known = new WeakMap<ReadonlyMap<string, number>, [key: string, place: number][]>()
const keysOf = (places: ReadonlyMap<string, number>): [key: string, place: number][] => {
  const keys = known.get(places) ?? [...places].map(([column, place]) => [toKey(column), place])
  known.set(places, keys)
  return keys
}

const IS_ASCII = /^[\x20-\x7e]*$/

const toKey = (name: string): string =>
  (IS_ASCII.test(name) ? name : (readCell(name) ?? '').normalize('NFKC'))
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '')
