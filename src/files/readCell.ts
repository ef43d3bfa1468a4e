import { DomainError } from '../domain/errors.ts'

/** Spaces that spreadsheets and portals put around and into values. */
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g
/** Marks without a width: they are never part of a value. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g
/** The mark by which spreadsheets keep a number as text, before what would be a number. */
const TEXT_MARK = /^['’](?=[\d=+\-−(.,])/

/** How portals write that there is no value, in lower case. */
const NOTHING = new Set([
  '',
  '-',
  '--',
  '---',
  '–',
  '—',
  'n/a',
  '#n/a',
  'n.a.',
  'n.a',
  'na',
  'nan',
  'nil',
  'none',
  'null',
  'undefined',
  '(blank)',
  '(none)',
  '(null)',
  '<null>',
  '[null]',
  '\\n',
])

/**
 * Reads the text of a cell: without spaces and marks around it, and without the formula `="…"` or
 * the apostrophe by which spreadsheets keep the zeros of an id. Null for a word that means no value.
 *
 * @example readCell('="00123"') // '00123'
 */
export const readCell = (cell: string | undefined): string | null => {
  const plain = (cell ?? '').replace(INVISIBLE, '').replace(SPACES, ' ').trim()
  const text = (/^="([^"]*)"$/.exec(plain)?.[1] ?? plain).trim().replace(TEXT_MARK, '')
  return NOTHING.has(text.toLowerCase()) ? null : text
}

/** Longer than any real id. A broken file may contain ids that no index can hold. */
const MAX_CHARACTERS = 255
/** What a spreadsheet makes of an id of more than 11 digits, or of one with an E in it. */
const AS_NUMBER = /^-?\d+(?:[.,]\d+E[+-]?\d+|E\+\d+)$/i
/** What a spreadsheet shows where it could not compute or show a value. */
const AS_ERROR = /^#(?:REF!|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|#+)$/i
const QUOTED = /^(?:"(.*)"|'(.*)'|“(.*)”|‘(.*)’)$/

/**
 * Reads the cell of an id: also without quotes and an apostrophe around it.
 *
 * @throws DomainError `id.changed` a spreadsheet has replaced it by a rounded number or an error
 * @throws DomainError `id.malformed` it is a formula, or has a line break or a quote in it
 * @throws DomainError `id.too-long`
 */
export const readId = (cell: string | undefined): string | null => {
  const text = readCell(cell)
  if (text === null) return null
  const inner: (string | undefined)[] = QUOTED.exec(text)?.slice(1) ?? []
  const quoted = inner.find((found) => found !== undefined)
  const id = quoted === undefined ? text.replace(/^['’]/, '').trim() : readCell(quoted)
  if (id === null) return null
  if (AS_NUMBER.test(id) || AS_ERROR.test(id)) {
    const message = `"${id}" is an id that a spreadsheet has changed: export the column as text.`
    throw new DomainError('id.changed', message)
  }
  if (id.length > MAX_CHARACTERS) {
    throw new DomainError('id.too-long', `An id has more than ${MAX_CHARACTERS} characters.`)
  }
  // Two ids in one cell, or one id on two lines: which of the two cannot be known.
  if (/^[=@]|["\p{Cc}]/u.test(id)) {
    throw new DomainError('id.malformed', `${JSON.stringify(id)} is not a single id.`)
  }
  return id
}
