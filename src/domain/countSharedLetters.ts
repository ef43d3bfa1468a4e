/**
 * Counts the letters of an id that a reported text contains, from the beginning and from the end.
 * It ignores case, and other characters around or between them.
 *
 * @example countSharedLetters('ABCD-EF', 'abcdefgh') // 6
 */
export const countSharedLetters = (reported: string, id: string): number => {
  const given = reported.toLowerCase().replace(/[^a-z0-9]/g, '')
  const whole = id.toLowerCase()
  const max = Math.min(given.length, whole.length)
  let head = 0
  while (head < max && given[head] === whole[head]) head += 1
  let tail = 0
  while (tail < max - head && given.at(-1 - tail) === whole.at(-1 - tail)) tail += 1
  return head + tail
}
