/**
 * A text for a cell of a CSV file. A spreadsheet would run one that begins like a formula; an
 * apostrophe makes it a text.
 *
 * @example inertCell('=1+1') // "'=1+1"
 */
export const inertCell = (text: string): string =>
  /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
