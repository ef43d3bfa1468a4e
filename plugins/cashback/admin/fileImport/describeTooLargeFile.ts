import { formatFileSize } from '../../../../src/admin/format/formatFileSize.ts'
import { MAX_FILE_BYTES } from '../../readFileBody.ts'

/**
 * Why a file of this size is not sent; null if it may be sent. The browser checks it first, because
 * it may not receive the answer of a server that refuses an upload midway.
 *
 * @example describeTooLargeFile(12 * 1024 * 1024) // 'The file has 12.0 MB. The limit is 10 MB. Split it by months.'
 */
export const describeTooLargeFile = (bytes: number): string | null => {
  if (bytes <= MAX_FILE_BYTES) return null
  const limit = formatFileSize(MAX_FILE_BYTES).replace('.0', '')
  return `The file has ${formatFileSize(bytes)}. The limit is ${limit}. Split it by months.`
}
