const WIDTH = 76

/**
 * Wraps a text part so that no mail server breaks its lines (RFC 5322 §2.1.1 recommends at most 78
 * characters). Breaks at spaces only, so a URL stays whole.
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
