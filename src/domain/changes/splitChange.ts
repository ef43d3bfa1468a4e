import type { Loosening, SensitiveField } from './sensitiveFields.ts'

type Values = Readonly<Record<string, unknown>>
type Rows = Extract<Loosening, { by: 'rows' }>

/** One field that waits: what it stays, and what it becomes when approved. Plain JSON. */
export type FieldChange = { field: string; before: unknown; after: unknown }

/**
 * Splits a change of a document into what takes effect at once and what waits. `now` has the values
 * of the fields that wait, as they are to be stored for the time being: what tightens a row of a
 * list is in it. A field that the change leaves out does not wait.
 */
export const splitChange = (
  fields: readonly SensitiveField[],
  before: Values,
  after: Values,
): { now: Record<string, unknown>; waits: FieldChange[] } => {
  const now: Record<string, unknown> = {}
  const waits: FieldChange[] = []
  const seen = new Set<string>()
  for (const { field, isGuarded, loosens, together } of fields) {
    if (after[field] === undefined || isGuarded?.(before, after) === false) continue
    const kept = keepTight(loosens, before[field], after[field])
    if (isSame(loosens, kept, after[field])) continue
    now[field] = kept
    waits.push({
      field,
      before: toComparable(loosens, kept),
      after: toComparable(loosens, after[field]),
    })
    if (together) seen.add(together)
  }
  for (const field of seen) {
    const value = toPlain(now[field] ?? after[field] ?? before[field])
    if (!waits.some((one) => one.field === field))
      waits.push({ field, before: value, after: value })
  }
  return { now, waits }
}

/** Returns the value that needs no approval: the new one, or the old one where the new is looser. */
const keepTight = (loosens: Loosening, before: unknown, after: unknown): unknown => {
  if (loosens.by === 'adding') {
    const old = listOf(before)
    return listOf(after).filter((value) => old.includes(value))
  }
  if (loosens.by === 'rows') return keepTightRows(loosens, rowsOf(before), rowsOf(after))
  return isLooser(loosens, before, after) ? (before ?? null) : after
}

const keepTightRows = (rows: Rows, before: Values[], after: Values[]): Values[] =>
  after.flatMap((row) => {
    const old = before.find((known) => nameOfRow(rows, known) === nameOfRow(rows, row))
    if (!old) return []
    const { columns } = rows
    const kept = Object.entries(columns).map(([name, loosens]) => [
      name,
      isLooser(loosens, fill(loosens, old, name), fill(loosens, row, name))
        ? (old[name] ?? null)
        : row[name],
    ])
    return [{ ...row, ...(Object.fromEntries(kept) as Values) }]
  })

const keyOf = ({ key = ['currency'] }: Rows): readonly string[] => key

/** The values of the key of a row as one text that can be compared. */
const nameOfRow = (rows: Rows, row: Values): string =>
  JSON.stringify(keyOf(rows).map((name) => row[name] ?? null))

/** Returns a column, or the one that counts while it is empty. */
const fill = (loosens: Loosening, row: Values, name: string): unknown =>
  loosens.by === 'raising' && typeof loosens.empty === 'object'
    ? (row[name] ?? row[loosens.empty.sameAs])
    : row[name]

const isLooser = (loosens: Loosening, before: unknown, after: unknown): boolean => {
  switch (loosens.by) {
    case 'raising': {
      if (loosens.empty === 'unknown' && isEmpty(before) !== isEmpty(after)) return true
      const empty = loosens.empty === 'most' ? Infinity : -Infinity
      return numberOf(after, empty) > numberOf(before, empty)
    }
    case 'lowering':
      return numberOf(after, -Infinity) < numberOf(before, -Infinity)
    case 'switching-on':
      return after === true && before !== true
    case 'switching-off':
      return after !== true && before === true
    case 'rank':
      return rankOf(loosens.order, after) > rankOf(loosens.order, before)
    case 'entering':
      return !isEmpty(after)
    default: {
      const isFirst = isEmpty(before) && !('fromEmpty' in loosens && loosens.fromEmpty)
      return !isFirst && !isSame(loosens, before, after)
    }
  }
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || value === false

const numberOf = (value: unknown, empty: number): number =>
  typeof value === 'number' ? value : empty

/** An empty value counts as the tightest, and an unknown one as the loosest. */
const rankOf = (order: readonly string[], value: unknown): number => {
  if (value === undefined || value === null) return -1
  const rank = order.findIndex((known) => known === value)
  return rank < 0 ? order.length : rank
}

/**
 * Returns a value in the form in which two are compared and stored: rows by their key with their
 * sensitive columns alone, lists in order, nothing for empty.
 */
const toComparable = (loosens: Loosening, value: unknown): unknown => {
  if (loosens.by === 'adding') return listOf(value).map(String).sort()
  if (loosens.by === 'changing') return toPlain(value)
  if (loosens.by !== 'rows') return value ?? null
  const columns = [...keyOf(loosens), ...Object.keys(loosens.columns)]
  return rowsOf(value)
    .map((row): Values => Object.fromEntries(columns.map((name) => [name, row[name] ?? null])))
    .sort((a, b) => (nameOfRow(loosens, a) < nameOfRow(loosens, b) ? -1 : 1))
}

/** Keys in order, as the database returns them in its own, and rows without their ids. */
const toPlain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((row) => toPlain(withoutId(row)))
  if (typeof value !== 'object' || value === null) return value ?? null
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([name, one]) => [name, toPlain(one)]))
}

const withoutId = (row: unknown): unknown =>
  typeof row === 'object' && row !== null && !Array.isArray(row)
    ? Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'id'))
    : row

/** True if two values of a field are the same. */
export const isSame = (loosens: Loosening, one: unknown, other: unknown): boolean =>
  JSON.stringify(toComparable(loosens, one)) === JSON.stringify(toComparable(loosens, other))

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const rowsOf = (value: unknown): Values[] =>
  listOf(value).filter((row): row is Values => typeof row === 'object' && row !== null)
