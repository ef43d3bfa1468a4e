import { DomainError } from '../../domain/errors.ts'

/** Spaces that spreadsheets and portals put around and into values. */
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff]/g

/** How portals write that there is no value, in lower case. */
const NOTHING = new Set([
  '',
  '-',
  '--',
  '–',
  '—',
  'n/a',
  '#n/a',
  'na',
  'n.a.',
  'nil',
  'none',
  'null',
  '(blank)',
  '(none)',
])

/**
 * Reads the text of a cell: without spaces around it and without the formula `="…"` by which
 * portals keep the zeros of an id. Null for a word that means no value.
 *
 * @example readCell('="00123"') // '00123'
 */
export const readCell = (cell: string | undefined): string | null => {
  const plain = (cell ?? '').replace(SPACES, ' ').trim()
  const text = (/^="([^"]*)"$/.exec(plain)?.[1] ?? plain).trim()
  return NOTHING.has(text.toLowerCase()) ? null : text
}

/** Longer than any real id. A broken file may contain ids that no index can hold. */
const MAX_CHARACTERS = 255
/** What a spreadsheet makes of an id of more than 11 digits, or of one with an E in it. */
const AS_NUMBER = /^\d[.,]\d+E[+-]?\d+$/i

/**
 * Reads the cell of an id.
 *
 * @throws DomainError `id.changed` a spreadsheet has replaced it by a rounded number
 * @throws DomainError `id.too-long`
 */
export const readId = (cell: string | undefined): string | null => {
  const id = readCell(cell)
  if (id === null) return null
  if (AS_NUMBER.test(id)) {
    const message = `"${id}" is an id that a spreadsheet has rounded: export the column as text.`
    throw new DomainError('id.changed', message)
  }
  if (id.length <= MAX_CHARACTERS) return id
  throw new DomainError('id.too-long', `An id has more than ${MAX_CHARACTERS} characters.`)
}
