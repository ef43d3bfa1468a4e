import { sizeWords } from '../../../../src/admin/format/sizeWords.ts'
import type { StoredFile } from '../../../../src/cashback/claims/storeClaimFile.ts'

const KINDS: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
}

/**
 * What a file is, and how long.
 *
 * @example fileWords({ type: 'application/pdf', bytes: 211_400 }) // 'PDF, 207 kB'
 */
export const fileWords = ({ bytes, type }: Pick<StoredFile, 'bytes' | 'type'>): string =>
  `${KINDS[type] ?? type}, ${sizeWords(bytes)}`
