import { sizeWords } from '../../../../src/admin/format/sizeWords.ts'
import { MAX_FILE_BYTES } from '../../readCsvBody.ts'

/**
 * Why a file of so many bytes is not even sent; null where it is. A server that refuses it midway
 * may not be heard.
 *
 * @example tooLargeWords(12 * 1024 * 1024) // 'The file has 12.0 MB. Up to 10 MB are read: split it by months.'
 */
export const tooLargeWords = (bytes: number): string | null => {
  if (bytes <= MAX_FILE_BYTES) return null
  const most = sizeWords(MAX_FILE_BYTES).replace('.0', '')
  return `The file has ${sizeWords(bytes)}. Up to ${most} are read: split it by months.`
}
