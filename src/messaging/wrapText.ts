const WIDTH = 76

/**
 * A text part with lines that no mail server breaks (RFC 5322 §2.1.1 asks for at most 78). It
 * breaks at spaces only: an address, which has none, stays whole.
 */
export const wrapText = (lines: readonly string[]): string =>
  `${lines.map(wrapLine).join('\n').trim()}\n`

const wrapLine = (line: string): string => {
  const rows: string[] = []
  let row = ''
  for (const word of line.split(' ')) {
    if (row && row.length + 1 + word.length > WIDTH) {
      rows.push(row)
      row = word
    } else row = row ? `${row} ${word}` : word
  }
  return [...rows, row].join('\n')
}
