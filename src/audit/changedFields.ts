import { isDeepStrictEqual } from 'node:util'

export type Row = Record<string, unknown>

/** The fields that differ, as they were and as they are; null when none does. */
export const changedFields = (before: Row, after: Row): { before: Row; after: Row } | null => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null),
  )
  if (names.length === 0) return null
  const only = (row: Row): Row => Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
  return { before: only(before), after: only(after) }
}
