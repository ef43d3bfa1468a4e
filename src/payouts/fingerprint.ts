import { createHmac, hkdfSync } from 'node:crypto'

/**
 * Returns a keyed digest that finds one account or tax id under several members, without storing it.
 * A plain hash would reveal a number: all of them can be tried in minutes. `text` is the canonical
 * form, so that spaces and case do not matter.
 */
export const computeFingerprint = (
  encryptionKey: Buffer,
  use: 'payout-methods' | 'tax-ids',
  text: string,
): string => {
  const key = hkdfSync('sha256', encryptionKey, '', `tributary fingerprints of ${use}`, 32)
  return createHmac('sha256', Buffer.from(key)).update(text).digest('base64url')
}
