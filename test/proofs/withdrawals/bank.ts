/** One payment of a file that the bank took. */
type Line = { key: string; account: string; ifsc: string; amount: string }
type Result = 'Failed' | 'Paid' | 'Returned'

/** A bank that takes files, as an operator uploads them, and answers by files. */
export type FileBank = {
  /** Pays each line, but the first, which fails. A file with the same bytes is refused. */
  upload: (file: string) => 'refused' | 'taken'
  /** The answer to everything that was taken since the last answer. */
  answer: () => string
  /** Returns what it paid last, days later: the answer that says so. */
  giveBack: () => string
  /** How often a key was paid, and how often the money came back. */
  countOf: (key: string) => { out: number; back: number }
}

/** Opens a bank that reads and writes the built-in profile `Generic CSV`. */
export const openBank = (): FileBank => {
  const files = new Set<string>()
  const moves: { key: string; kind: 'back' | 'out' }[] = []
  const state = { waiting: [] as { line: Line; result: Result }[], lastPaid: null as Line | null }
  const move = (line: Line, kind: 'back' | 'out') => moves.push({ key: line.key, kind })
  return {
    upload: (file) => {
      if (files.has(file)) return 'refused'
      files.add(file)
      for (const [index, line] of readLines(file).entries()) {
        const result = index === 0 ? 'Failed' : 'Paid'
        state.waiting.push({ line, result })
        if (result === 'Failed') continue
        move(line, 'out')
        state.lastPaid = line
      }
      return 'taken'
    },
    answer: () => writeAnswer(state.waiting.splice(0)),
    giveBack: () => {
      const { lastPaid: line } = state
      if (!line) throw new Error('The bank has paid nothing.')
      move(line, 'back')
      return writeAnswer([{ line, result: 'Returned' }])
    },
    countOf: (key) => {
      const own = moves.filter((each) => each.key === key)
      const out = own.filter(({ kind }) => kind === 'out').length
      return { out, back: own.length - out }
    },
  }
}

/** No cell of this proof needs quotes within its text. */
const readLines = (file: string): Line[] => {
  const [head = [], ...rows] = file
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .filter((row) => row !== '')
    .map((row) => row.split(',').map((cell) => cell.replace(/^"(.*)"$/, '$1')))
  const read = (row: string[], name: string) => row[head.indexOf(name)] ?? ''
  return rows.map((row) => ({
    key: read(row, 'Reference'),
    account: read(row, 'Account number'),
    ifsc: read(row, 'IFSC'),
    amount: read(row, 'Amount'),
  }))
}

const HEADER = 'Reference,Status,Bank reference,Account number,IFSC,Amount,Reason,Paid on'

const writeAnswer = (results: { line: Line; result: Result }[]): string => {
  const rows = results.map(({ line: { account, amount, ifsc, key }, result }) => {
    const reason = result === 'Paid' ? '' : 'Account closed'
    const reference = `UTR${key.slice(-12).toUpperCase()}`
    return [key, result, reference, account, ifsc, amount, reason, ''].join(',')
  })
  return [HEADER, ...rows, ''].join('\r\n')
}
