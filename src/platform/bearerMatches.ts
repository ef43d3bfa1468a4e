import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Compares a `Bearer` header with the expected token in constant time; false when no token is set.
 */
export const bearerMatches = (header: string | undefined, token: string | undefined): boolean => {
  if (!header || !token) return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(header.replace(/^bearer /i, 'Bearer ')), digest(`Bearer ${token}`))
}
