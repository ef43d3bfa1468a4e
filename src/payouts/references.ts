import { randomInt } from 'node:crypto'

/** Letters and digits that are not confused when they are read aloud. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A short name that people quote, such as `W-7K3M9Q2PXA`: 50 random bits. */
export const createReference = (prefix: 'B' | 'W'): string =>
  `${prefix}-${Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`
