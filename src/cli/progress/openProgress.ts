import type { TransactionPage } from '../../cashback/networks/types.ts'
import { progressLines, type Shown } from './progressLines.ts'
import { NOTHING_READ, withPage } from './withPage.ts'

export type Screen = {
  isTTY?: boolean
  columns?: number
  rows?: number
  write: (text: string) => unknown
}

/** Moves to the first column and clears everything below. */
const CLEAR = '\r\x1b[J'

/**
 * Shows the progress of networks on a terminal, a line for each; elsewhere nothing. The cursor
 * stays on the first line, so that lines logged meanwhile remain above the next drawing.
 */
export const openProgress = (screen: Screen, names: string[]) => {
  const networks = new Map(
    names.map((name): [string, Shown] => [name, { name, progress: NOTHING_READ, isEnded: false }]),
  )
  const draw = () => {
    if (!screen.isTTY) return
    const { columns = 80, rows = 24 } = screen
    const lines = progressLines([...networks.values()], { columns, rows })
    const back = lines.length > 1 ? `\x1b[${lines.length - 1}A` : ''
    screen.write(`${CLEAR}${lines.join('\n')}${back}\r`)
  }
  const change = (name: string, changed: (before: Shown) => Partial<Shown>) => {
    const before = networks.get(name)
    if (!before) return
    networks.set(name, { ...before, ...changed(before) })
    draw()
  }
  draw()
  return {
    onPage: (name: string, page: TransactionPage) => {
      change(name, ({ progress }) => ({ progress: withPage(progress, page) }))
    },
    onEnd: (name: string) => {
      change(name, () => ({ isEnded: true }))
    },
    clear: () => {
      if (screen.isTTY) screen.write(CLEAR)
    },
  }
}
