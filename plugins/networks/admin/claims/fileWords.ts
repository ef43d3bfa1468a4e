import type { StoredFile } from '../../../../src/claims/storeFile.ts'

const KINDS: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
}
const KB = 1_000

/**
 * What a file is, and how long: never less than it is.
 *
 * @example fileWords({ type: 'application/pdf', bytes: 211_400 }) // 'PDF, 212 kB'
 */
export const fileWords = ({ bytes, type }: Pick<StoredFile, 'bytes' | 'type'>): string =>
  `${KINDS[type] ?? type}, ${sizeOf(bytes)}`

const sizeOf = (bytes: number): string => {
  const kilobytes = Math.ceil(bytes / KB)
  return kilobytes < KB ? `${kilobytes} kB` : `${(Math.ceil(kilobytes / 100) / 10).toFixed(1)} MB`
}
