import { MOST_FILE_BYTES } from '../../mostFileBytes.ts'

const MB = 1024 * 1024

/**
 * Why a file of so many bytes is not even sent; null where it is. A server that refuses it midway
 * may not be heard.
 *
 * @example tooLargeWords(12 * 1024 * 1024) // 'The file has 12.0 MB. Up to 10 MB are read: split it by months.'
 */
export const tooLargeWords = (bytes: number): string | null => {
  if (bytes <= MOST_FILE_BYTES) return null
  const most = MOST_FILE_BYTES / MB
  // Rounded up, so that what is a little too large does not look as if it were not.
  const size = (Math.ceil((bytes / MB) * 10) / 10).toFixed(1)
  return `The file has ${size} MB. Up to ${most} MB are read: split it by months.`
}
