import type { Row } from '../types.ts'

type Spoiled = { row: Row; fault: string | null; index: number; optional: string[] }

/** A row as a careless network writes it: without what it need not have, or with numbers as texts. */
export const spoiledRow = ({ fault, index, optional, row }: Spoiled): Row => {
  if (fault === 'numbers-as-strings') return asTexts(row) as Row
  if (fault !== 'null-fields') return row
  // One row after the other: null, empty, absent.
  const names = new Set(optional)
  const kept = Object.entries(row).filter(([name]) => index % 3 < 2 || !names.has(name))
  const blank = index % 3 === 0 ? null : ''
  return Object.fromEntries(kept.map(([name, value]) => [name, names.has(name) ? blank : value]))
}

const asTexts = (value: unknown): unknown => {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(asTexts)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asTexts(each)]))
}
