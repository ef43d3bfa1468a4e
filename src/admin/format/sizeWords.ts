const KB = 1_024
const MB = KB * KB

/**
 * How long a file is, in the measure that limits are in (1 MB is 1,048,576 bytes) and rounded up, so
 * that what is a little too large does not look as if it were not.
 *
 * @example sizeWords(211_400) // '207 kB'
 */
export const sizeWords = (bytes: number): string => {
  const kilobytes = Math.ceil(bytes / KB)
  if (kilobytes < 1_000) return `${kilobytes} kB`
  const tenths = Math.ceil((bytes * 10) / MB)
  return `${Math.floor(tenths / 10)}.${tenths % 10} MB`
}
