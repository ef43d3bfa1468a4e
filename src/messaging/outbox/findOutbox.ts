import type { Payload } from 'payload'

import type { Wording } from './types.ts'

/** What the configuration provides to write, read or preview messages. */
export type Outbox = { encryptionKey: Buffer; wording: Wording }

/** @throws Error when the configuration lists no messaging plugin, which is a programming error */
export const findOutbox = (payload: Payload): Outbox => {
  const outbox = payload.config.custom.outbox as Outbox | undefined
  if (!outbox) throw new Error('Add the plugin `messaging` to the configuration.')
  return outbox
}
