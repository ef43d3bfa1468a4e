import { type DecimalSign, findConvention } from './parseAmount.ts'
import { type DateOrder, findDateOrder } from './parseTime.ts'
import { readCell } from './readCell.ts'

/** What a file shows of itself as a whole, beyond any one of its cells. */
export type FileFindings = {
  /** It has amounts of another convention, so that `1.234` may be either number. */
  amounts: boolean
  /** It has dates in the other order of day and month, so that `5/11/2026` may be either day. */
  dates: boolean
  /** A column of long ids was rounded by a spreadsheet: all of them end in zeros. */
  ids: boolean
}

export const NO_FINDINGS: FileFindings = { amounts: false, dates: false, ids: false }

type Conventions = { decimalSign: DecimalSign; dateOrder: DateOrder }
type Cells = {
  amounts?: readonly (string | undefined)[]
  currency?: string | undefined
  dates?: readonly (string | undefined)[]
  ids?: readonly (string | undefined)[]
}

/** A spreadsheet keeps 15 digits of a number. */
const ROUNDED = /^\d{15}0+$/
const LONG = /^\d{16,}$/
/** Fewer ids may end in zeros by chance. */
const MIN_ROUNDED = 5

/**
 * Gathers what the lines of a file show of its conventions. Add every line, then take the findings:
 * a file that mixes conventions shows it in the cells that fit one of them only.
 */
export const gatherFindings = ({ dateOrder, decimalSign }: Conventions) => {
  const found = { ...NO_FINDINGS }
  const longIds: { all: number; rounded: Set<string> }[] = []
  const addId = (cell: string | undefined, column: number): void => {
    const id = readCell(cell)
    if (id === null || !LONG.test(id)) return
    const seen = (longIds[column] ??= { all: 0, rounded: new Set() })
    seen.all += ROUNDED.test(id) ? 0 : 1
    // A few are enough to tell.
    if (seen.rounded.size < MIN_ROUNDED && ROUNDED.test(id)) seen.rounded.add(id)
  }
  return {
    add: ({ amounts = [], currency, dates = [], ids = [] }: Cells): void => {
      for (const amount of found.amounts || !currency ? [] : amounts) {
        const fits = findConvention(readCell(amount) ?? '', currency ?? '')
        found.amounts ||= fits !== null && fits !== decimalSign
      }
      for (const date of found.dates || dateOrder === 'ymd' ? [] : dates) {
        const fits = findDateOrder(readCell(date) ?? '')
        found.dates ||= fits !== null && fits !== dateOrder
      }
      for (const [column, id] of ids.entries()) addId(id, column)
    },
    take: (): FileFindings => ({
      ...found,
      ids: longIds.some((seen) => seen.all === 0 && seen.rounded.size >= MIN_ROUNDED),
    }),
  }
}

/** Returns true for an id that may be another one rounded. */
export const isRoundedId = (id: string): boolean => ROUNDED.test(id)

/** Adds up the findings of a whole file and of a part of it. */
export const joinFindings = (one: FileFindings, other: FileFindings): FileFindings => ({
  amounts: one.amounts || other.amounts,
  dates: one.dates || other.dates,
  ids: one.ids || other.ids,
})

const LINE = /^findings=([a-z,]*)\r?\n/
const NAMES = ['amounts', 'dates', 'ids'] as const

/**
 * Puts what a whole file shows above a page of it, as a line of its own: a page is stored and read
 * again without the others.
 *
 * @example writeFindings('id,status\n', { amounts: true, dates: false, ids: false }) // 'findings=amounts\nid,status\n'
 */
export const writeFindings = (page: string, findings: FileFindings): string => {
  const names = NAMES.filter((name) => findings[name])
  return names.length === 0 ? page : `findings=${names.join(',')}\n${page}`
}

/** Splits a page from the findings of its file that stand above it. */
export const splitFindings = (page: string): { findings: FileFindings; text: string } => {
  const [line = '', names = ''] = LINE.exec(page) ?? []
  const has = (name: string) => names.split(',').includes(name)
  return {
    text: page.slice(line.length),
    findings: { amounts: has('amounts'), dates: has('dates'), ids: has('ids') },
  }
}
