/**
 * Escapes a text for a cell of a CSV file. A spreadsheet would execute a text that begins like a
 * formula; a leading apostrophe prevents it.
 *
 * @example escapeFormula('=1+1') // "'=1+1"
 */
export const escapeFormula = (text: string): string =>
  /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
