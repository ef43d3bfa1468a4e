import { randomUUID } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { transactionOf } from '../ledger/transactionOf.ts'
import { renderMessage } from '../messaging/renderMessage.ts'
import { templateOf } from '../messaging/templates/index.ts'
import type { ChannelKind, Locale } from '../messaging/types.ts'
import { addressFor } from './addressFor.ts'
import { outboxOf } from './outboxOf.ts'
import { queueNotifications } from './queueNotifications.ts'

export type Direct = {
  channel: ChannelKind
  /** Believable data when absent. */
  data?: object | undefined
  locale: Locale
  template: string
  to: string
}
type Queued = { id: string; status: string; to: string }

/**
 * Puts one message for an address as it is into the outbox, in the caller's transaction, whoever
 * may have the address. It is rendered before, so that whoever asks is told now what is wrong,
 * rather than later by a dead letter.
 *
 * @throws DomainError `messaging.unknown-template`, `messaging.no-such-channel`,
 *   `messaging.invalid-address`
 */
export const queueToAddress = async (
  req: PayloadRequest,
  { channel, data, locale, template: name, to: typed }: Direct,
  now: Date,
): Promise<Queued> => {
  const template = templateOf(name)
  const { wording } = outboxOf(req.payload)
  const notice = { key: `direct:${randomUUID()}`, template, data: data ?? template.sample, locale }
  const context = { ...wording, locale }
  renderMessage({ kind: channel, template: name, data: notice.data, context })
  const to = addressFor(channel, typed)
  await queueNotifications(req, [{ ...notice, to: { [channel]: to } }], now)

  const db = await transactionOf(req)
  const { rows } = await db.execute<Omit<Queued, 'to'>>(sql`
    select id::text, status::text from notifications
    where dedupe_key = ${`${notice.key}:${channel}`}`)
  const [row] = rows
  if (!row) throw new Error('Nothing was queued.')
  return { ...row, to }
}
