import type { Progress } from './withPage.ts'

/** A network's progress as it is shown. */
export type Shown = { name: string; progress: Progress; isEnded: boolean }

const [WIDEST, NARROWEST] = [30, 5]

/**
 * A line for each network, none wider than the terminal: a bar if the network announces its number
 * of rows, else a count. The last line counts the networks that do not fit.
 */
export const progressLines = (
  networks: Shown[],
  { columns, rows }: { columns: number; rows: number },
): string[] => {
  const widest = Math.max(0, ...networks.map(({ name }) => name.length))
  const nameWidth = Math.min(widest, Math.floor(columns / 3))
  const lines = networks.map((network) => lineOf(network, { columns, nameWidth }))
  const most = Math.max(2, rows - 1)
  if (lines.length <= most) return lines
  const left = `and ${lines.length - most + 1} more`
  return [...lines.slice(0, most - 1), left.slice(0, columns - 1)]
}

const lineOf = (
  { isEnded, name, progress }: Shown,
  { columns, nameWidth }: { columns: number; nameWidth: number },
): string => {
  const { done, inList, pages, total } = progress
  const read = done + inList
  const of = total === null ? null : done + Math.max(total, inList)
  const figures = [
    of === null ? `${read} rows` : `${read} of ${of} rows`,
    pages === 1 ? '1 page' : `${pages} pages`,
    ...(isEnded ? ['ended'] : []),
  ].join(', ')
  const begin = name.slice(0, nameWidth).padEnd(nameWidth)
  // The last column stays free: some terminals begin another line when it is written to.
  const room = Math.min(WIDEST, columns - 1 - nameWidth - figures.length - 4)
  const bar = of === null || room < NARROWEST ? '' : `${barOf(read, of, room)}  `
  return `${begin}  ${bar}${figures}`.slice(0, columns - 1)
}

const barOf = (read: number, of: number, width: number): string => {
  const full = of === 0 ? width : Math.floor((read / of) * width)
  return '█'.repeat(full) + '░'.repeat(width - full)
}
