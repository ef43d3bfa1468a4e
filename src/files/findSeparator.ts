/**
 * Finds the separator that a file names in its first line, as spreadsheets write it; null if none.
 *
 * @example findSeparator('sep=;\r\nid;status') // ';'
 */
export const findSeparator = (text: string): string | null =>
  /^\ufeff?"?sep=(.)"?\r?\n/i.exec(text)?.[1] ?? null
