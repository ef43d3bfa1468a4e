import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

type Keyed = { encryptionKey: Buffer; challengeId: string; code: string }

/**
 * What is stored instead of a code. Six digits are tried out in a moment, so it is keyed: who reads
 * the table but not the settings learns nothing. Bound to its challenge, it fits no other.
 */
export const hashCode = ({ challengeId, code, encryptionKey }: Keyed): string => {
  const key = Buffer.from(hkdfSync('sha256', encryptionKey, '', 'tributary one-time codes', 32))
  return createHmac('sha256', key).update(`${challengeId}:${code}`).digest('base64url')
}

/** Compares in a time that does not tell how much of it was right. */
export const isCode = (keyed: Keyed, hash: string): boolean => {
  const [expected, stored] = [Buffer.from(hashCode(keyed)), Buffer.from(hash)]
  return expected.length === stored.length && timingSafeEqual(expected, stored)
}
