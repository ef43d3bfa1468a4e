import type { Payload } from 'payload'

import type { Wording } from './sendRow.ts'

/** What the configuration gives to whoever writes, reads or previews what is to be sent. */
export type Outbox = { encryptionKey: Buffer; wording: Wording }

/** @throws Error when the configuration has no outbox: a mistake of whoever wrote it */
export const outboxOf = (payload: Payload): Outbox => {
  const outbox = payload.config.custom.outbox as Outbox | undefined
  if (!outbox) throw new Error('List the plugin `notifications` in the configuration.')
  return outbox
}
