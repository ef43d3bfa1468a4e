/**
 * How many letters of an id came back: those at its beginning and at its end, whatever their case
 * and whatever signs were put around or between them.
 *
 * @example sharedLetters('ABCD-EF', 'abcdefgh') // 6
 */
export const sharedLetters = (came: string, id: string): number => {
  const given = came.toLowerCase().replace(/[^a-z0-9]/g, '')
  const whole = id.toLowerCase()
  const most = Math.min(given.length, whole.length)
  let head = 0
  while (head < most && given[head] === whole[head]) head += 1
  let tail = 0
  while (tail < most - head && given.at(-1 - tail) === whole.at(-1 - tail)) tail += 1
  return head + tail
}
