const KB = 1_024
const MB = KB * KB

/**
 * The size of a file, in the unit of the limits (1 MB is 1,048,576 bytes). It is rounded up, so
 * that a file slightly above a limit does not look allowed.
 *
 * @example formatFileSize(211_400) // '207 kB'
 */
export const formatFileSize = (bytes: number): string => {
  const kilobytes = Math.ceil(bytes / KB)
  if (kilobytes < 1_000) return `${kilobytes} kB`
  const tenths = Math.ceil((bytes * 10) / MB)
  return `${Math.floor(tenths / 10)}.${tenths % 10} MB`
}
