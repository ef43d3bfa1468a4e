import { createHmac, hkdfSync } from 'node:crypto'

import type { PostbackNetwork } from '../networkStore.ts'

type Addressed = Pick<PostbackNetwork, 'id' | 'postbackVersion'>
type Keyed = { encryptionKey: Buffer; network: Addressed }

/**
 * Derives the secret in a network's postback address. It proves the sender, since networks sign
 * nothing. It is derived from the encryption key, so it is not stored; another version makes
 * another secret.
 */
export const postbackSecret = ({ encryptionKey, network }: Keyed): string => {
  const key = Buffer.from(hkdfSync('sha256', encryptionKey, '', 'tributary postbacks', 32))
  return createHmac('sha256', key)
    .update(`postback:${network.id}:${network.postbackVersion}`)
    .digest('base64url')
}

/** Builds the address to which a network sends its postbacks. Only admins may see it. */
export const postbackAddress = ({ publicUrl, ...keyed }: Keyed & { publicUrl: string }): string =>
  new URL(`/postbacks/${keyed.network.id}/${postbackSecret(keyed)}`, publicUrl).href
