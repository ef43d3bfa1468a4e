import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares without telling by its time how much was right, nor how long the secret is. */
export const isSameSecret = (known: string, given: string): boolean =>
  timingSafeEqual(digest(known), digest(given))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
