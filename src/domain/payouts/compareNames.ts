export type NameMatch = 'match' | 'mismatch' | 'partial' | 'unknown'

/**
 * Compares a member's name with the name on an account, as a bank reports it. Case, accents,
 * titles, punctuation and the order of the words do not count.
 *
 * - `match` the same words; initials may stand for some of them if two whole words are equal
 * - `partial` one name lacks words, has initials or a small difference in spelling
 * - `mismatch` a word of the shorter name is not in the other
 * - `unknown` a name is empty, or the two are in different scripts
 *
 * @example compareNames('Mr. Rahul K. Sharma', 'SHARMA RAHUL KUMAR') // 'match'
 */
export const compareNames = (one: string, other: string): NameMatch => {
  const [left, right] = [splitName(one), splitName(other)]
  if (left.length === 0 || right.length === 0 || !shareScript(left, right)) return 'unknown'
  if (left.join('') === right.join('')) return 'match'
  const [short, long] = left.length <= right.length ? [left, right] : [right, left]
  const pairs = pairWords(short, long)
  if (pairs === null || pairs.equal === 0) return 'mismatch'
  const isWhole = short.length === long.length && pairs.near === 0
  return isWhole && (pairs.initial === 0 || pairs.equal >= 2) ? 'match' : 'partial'
}

/** What Unicode does not decompose to a letter and an accent. */
const LETTERS: Record<string, string> = { ß: 'ss', ø: 'o', đ: 'd', ł: 'l', æ: 'ae', œ: 'oe' }
/** Spellings of one name that Indian documents mix freely. */
const SAME = /^(md|mohd|mohamed|mohammad|mohammed|muhammad|muhammed)$/
const TITLES = new Set(
  (
    'mr mrs ms miss mx dr prof shri sri smt shrimati kum kumari er adv herr frau mme mlle ' +
    'श्री श्रीमती डॉ सुश्री'
  )
    .split(' ')
    .map((title) => title.normalize('NFKC')),
)

/** Splits a name into words that can be compared, without titles. */
const splitName = (name: string): string[] => {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    // "Son, daughter or wife of": the name that follows is of another person.
    .replace(/\s[sdwc]\/o\b.*$/u, '')
    .replace(/\bm\/s\b/gu, ' ')
    .normalize('NFD')
    // Accents of Latin letters only: in other scripts marks are vowels.
    .replaceAll(/(?<=\p{Script=Latin})[\u0300-\u036f]+/gu, '')
    .normalize('NFC')
    .replaceAll(/[ßøđłæœ]/gu, (letter) => LETTERS[letter] ?? letter)
    // Apostrophes and invisible joiners are inside words.
    .replaceAll(/['’‘`\u200b-\u200d\ufeff]/gu, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (SAME.test(word) ? 'mohammed' : word))
  const named = words.filter((word) => !TITLES.has(word))
  return named.length > 0 ? named : words
}

const shareScript = (left: string[], right: string[]): boolean => {
  const isLatin = (words: string[]) => words.some((word) => /\p{Script=Latin}/u.test(word))
  const isOther = (words: string[]) => words.some((word) => /(?!\p{Script=Latin})\p{L}/u.test(word))
  return (isLatin(left) && isLatin(right)) || (isOther(left) && isOther(right))
}

/**
 * Pairs each word of the shorter name with one of the other: equal words first, then spellings that
 * are near, then initials. Returns null if a word remains.
 */
const pairWords = (
  short: string[],
  long: string[],
): { equal: number; initial: number; near: number } | null => {
  const [left, right] = [[...short], [...long]]
  const takePairs = (fits: (one: string, other: string) => boolean): number => {
    let count = 0
    for (const word of [...left]) {
      const at = right.findIndex((other) => fits(word, other))
      if (at < 0) continue
      left.splice(left.indexOf(word), 1)
      right.splice(at, 1)
      count += 1
    }
    return count
  }
  const equalInitials = (one: string, other: string) => one === other && one.length === 1
  const equal = takePairs((one, other) => one === other && one.length > 1)
  const near = takePairs(isNear)
  const initial = takePairs(equalInitials) + takePairs(isInitial)
  return left.length === 0 ? { equal, initial, near } : null
}

const isInitial = (one: string, other: string): boolean => {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short.length === 1 && long.startsWith(short)
}

/** True if one letter but the first was added, left out, replaced or swapped, in a long word. */
const isNear = (one: string, other: string): boolean => {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short.length < MIN_NEAR_LETTERS || long.length - short.length > 1) return false
  // In other scripts one sign is a whole syllable.
  if (short[0] !== long[0] || !LATIN_WORD.test(short + long)) return false
  let head = 1
  while (head < short.length && short[head] === long[head]) head += 1
  const rest = (word: string, skipped: number) => word.slice(head + skipped)
  if (long.length > short.length) return rest(short, 0) === rest(long, 1)
  const isSwapped = short[head] === long[head + 1] && short[head + 1] === long[head]
  return rest(short, 1) === rest(long, 1) || (isSwapped && rest(short, 2) === rest(long, 2))
}

const LATIN_WORD = /^\p{Script=Latin}+$/u
/** In shorter words one letter makes another name. */
const MIN_NEAR_LETTERS = 5
