import { formatFileSize } from '../../../../src/admin/format/formatFileSize.ts'
import type { StoredFile } from '../../../../src/cashback/claims/storeClaimFile.ts'

const KINDS: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
}

/**
 * The kind and the size of a file.
 *
 * @example describeFile({ type: 'application/pdf', bytes: 211_400 }) // 'PDF, 207 kB'
 */
export const describeFile = ({ bytes, type }: Pick<StoredFile, 'bytes' | 'type'>): string =>
  `${KINDS[type] ?? type}, ${formatFileSize(bytes)}`
