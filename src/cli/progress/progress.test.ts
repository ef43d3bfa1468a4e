import type { TransactionPage, TransactionRow } from '../../cashback/networks/types.ts'
import { openProgress } from './openProgress.ts'
import { progressLines } from './progressLines.ts'
import { NOTHING_READ, type Progress, withPage } from './withPage.ts'

const page = (from: number, to: number, total: number | null): TransactionPage => ({
  rows: Array.from(
    { length: to - from },
    (_, n) => ({ externalId: `${from + n}` }) as TransactionRow,
  ),
  rejected: [],
  raw: null,
  total,
})
const after = (...pages: TransactionPage[]): Progress => pages.reduce(withPage, NOTHING_READ)
const screen = { columns: 80, rows: 24 }
const line = (name: string, progress: Progress, at = screen) =>
  progressLines([{ name, progress, isEnded: false }], at)[0]
const full = (text: string | undefined) => (text?.match(/█/g) ?? []).length

describe('the progress of a network', () => {
  it('is a share of the rows that the network announces', () => {
    const half = line('Admitad', after(page(0, 50, 100)))
    expect(half).toBe(`Admitad  ${'█'.repeat(15)}${'░'.repeat(15)}  50 of 100 rows, 1 page`)
  })

  it('is a count if the network announces no total', () => {
    expect(line('Awin', after(page(0, 50, null), page(50, 60, null)))).toBe(
      'Awin  60 rows, 2 pages',
    )
  })

  it('counts a row once that two pages share, and counts quarantined rows', () => {
    const quarantined = {
      ...page(95, 110, 111),
      rejected: [{ raw: 1, code: 'row.malformed', detail: '' }],
    }
    expect(line('A', after(page(0, 100, 111), quarantined))).toContain('111 of 111 rows')
  })

  it('grows with each list of a run, and is whole only after the last', () => {
    const first = after(page(0, 50, 100), page(50, 100, 100))
    expect(line('A', first)).toContain('100 of 100 rows')
    const second = withPage(first, page(0, 100, 300))
    expect(line('A', second)).toContain('200 of 400 rows')
    expect(full(line('A', second))).toBe(15)
    expect(line('A', after(page(0, 0, 0), page(0, 2, 2), page(0, 2, 2)))).toContain('4 of 4 rows')
  })

  it('never exceeds its bar, whatever the network announces', () => {
    expect(line('A', after(page(0, 90, 100), page(90, 200, 100)))).toContain('200 of 200 rows')
    expect(full(line('A', after(page(0, 0, 0))))).toBe(30)
  })
})

describe('lines', () => {
  const shown = (name: string) => ({ name, progress: after(page(0, 5, 9)), isEnded: false })

  it('are listed one below another, and show which networks have ended', () => {
    const lines = progressLines([{ ...shown('Admitad'), isEnded: true }, shown('Awin')], screen)
    expect(lines.map((each) => each.indexOf('█'))).toEqual([9, 9])
    expect(lines.map((each) => each.endsWith(', ended'))).toEqual([true, false])
  })

  it.each([1, 8, 20, 40, 80, 200])('fit a terminal of %i columns', (columns) => {
    for (const each of progressLines([shown('A name that is long'), shown('B')], {
      columns,
      rows: 24,
    }))
      expect(each.length).toBeLessThan(columns)
  })

  it('fit the terminal’s rows; the rest are counted', () => {
    const lines = progressLines(['A', 'B', 'C', 'D', 'E'].map(shown), { columns: 80, rows: 4 })
    expect(lines).toEqual([
      expect.stringMatching(/^A /),
      expect.stringMatching(/^B /),
      'and 3 more',
    ])
  })
})

describe('on a screen', () => {
  /** What a terminal shows of it: lines, the cursor up and back, and all below cleared. */
  const createTerminal = (isTTY = true) => {
    const at = { row: 0, lines: [''] }
    const write = (text: string) => {
      for (const [, up, clear, line, words] of text.matchAll(
        /\x1b\[(\d+)A|(\x1b\[J)|(\n)|([^\x1b\n\r]+)/g,
      )) {
        if (up) at.row -= Number(up)
        if (clear) at.lines = [...at.lines.slice(0, at.row), '']
        if (line) at.lines[(at.row += 1)] ??= ''
        if (words) at.lines[at.row] = words
      }
    }
    return { at, screen: { ...screen, isTTY, write } }
  }

  it('parallel networks have a line each, and logged lines stay', () => {
    const { at, screen } = createTerminal()
    const progress = openProgress(screen, ['Admitad', 'Awin'])
    progress.onPage('Awin', page(0, 5, null))
    progress.onPage('Admitad', page(0, 5, 10))
    progress.onPage('Awin', page(5, 9, null))
    expect(at.lines).toEqual([
      expect.stringMatching(/^Admitad {2}█+░+ {2}5 of 10 rows/),
      expect.stringMatching(/^Awin {5}9 rows/),
    ])
    screen.write('{"level":50}\n')
    progress.onEnd('Awin')
    expect(at.lines).toEqual([
      '{"level":50}',
      expect.stringContaining('5 of 10 rows'),
      expect.stringContaining('9 rows, 2 pages, ended'),
    ])
    progress.clear()
    expect(at.lines).toEqual(['{"level":50}', ''])
  })

  it('that is no terminal gets no output', () => {
    const { at, screen } = createTerminal(false)
    const progress = openProgress(screen, ['Admitad'])
    progress.onPage('Admitad', page(0, 5, 10))
    progress.onEnd('Admitad')
    progress.clear()
    expect(at.lines).toEqual([''])
  })
})
