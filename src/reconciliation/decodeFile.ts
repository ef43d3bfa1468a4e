import { DomainError } from '../domain/errors.ts'

/**
 * A file's bytes as text: UTF-8, with or without a byte order mark, else Windows' Latin-1, which
 * older spreadsheets write.
 *
 * @throws DomainError `csv.nul-byte` no text, such as a workbook or UTF-16
 * @throws DomainError `csv.empty`
 */
export const decodeFile = (bytes: Uint8Array): string => {
  const nul = bytes.indexOf(0)
  if (nul >= 0) {
    const line = countLines(bytes.subarray(0, nul))
    throw new DomainError(
      'csv.nul-byte',
      `Line ${line} holds a NUL byte, so this is no CSV. Save it as CSV in UTF-8.`,
    )
  }
  const text = decode(bytes)
  if (text.trim() === '') throw new DomainError('csv.empty', 'The file is empty.')
  return text
}

const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

const countLines = (bytes: Uint8Array): number =>
  bytes.reduce((lines, byte) => (byte === 10 ? lines + 1 : lines), 1)
