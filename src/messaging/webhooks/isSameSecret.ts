import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares in constant time, which reveals neither a matching part nor the secret's length. */
export const isSameSecret = (known: string, given: string): boolean =>
  timingSafeEqual(digest(known), digest(given))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
