import { createHmac, hkdfSync } from 'node:crypto'

import type { PostbackNetwork } from './postbackNetwork.ts'

type Addressed = Pick<PostbackNetwork, 'id' | 'postbackVersion'>
type Keyed = { encryptionKey: Buffer; network: Addressed }

/**
 * The word in a network's postback address that proves its sender, since networks sign nothing. It
 * follows from our key, so it is stored nowhere; counting the version up makes another one.
 */
export const postbackSecret = ({ encryptionKey, network }: Keyed): string => {
  const key = Buffer.from(hkdfSync('sha256', encryptionKey, '', 'tributary postbacks', 32))
  return createHmac('sha256', key)
    .update(`postback:${network.id}:${network.postbackVersion}`)
    .digest('base64url')
}

/** Where a network sends its postbacks: for an admin who sets it up there, and for nobody else. */
export const postbackAddress = ({ publicUrl, ...keyed }: Keyed & { publicUrl: string }): string =>
  new URL(`/postbacks/${keyed.network.id}/${postbackSecret(keyed)}`, publicUrl).href
