import { randomUUID } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'

import { dbIn } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'
import { parsePhoneNumber } from '../../domain/members/parsePhoneNumber.ts'
import { renderMessage } from '../renderMessage.ts'
import { findTemplate } from '../templates/index.ts'
import type { ChannelKind, Locale } from '../types.ts'
import { findOutbox } from './findOutbox.ts'
import { queueNotifications } from './queueNotifications.ts'

export type DirectMessage = {
  channel: ChannelKind
  /** The template's sample when absent. */
  data?: object | undefined
  locale: Locale
  template: string
  to: string
}
type Queued = { id: string; status: string; to: string }

/**
 * Queues one message to a given address, whether or not a member has it, in the caller's
 * transaction. Renders it first, so that an error reaches the caller now and causes no dead letter.
 *
 * @throws DomainError `messaging.unknown-template`, `messaging.no-such-channel`,
 *   `messaging.invalid-address`
 */
export const queueToAddress = async (
  req: PayloadRequest,
  { channel, data, locale, template: name, to: typed }: DirectMessage,
  now: Date,
): Promise<Queued> => {
  const template = findTemplate(name)
  const { wording } = findOutbox(req.payload)
  const notice = { key: `direct:${randomUUID()}`, template, data: data ?? template.sample, locale }
  const context = { ...wording, locale }
  renderMessage({ kind: channel, template: name, data: notice.data, context })
  const to = parseAddress(channel, typed)
  await queueNotifications(req, [{ ...notice, to: { [channel]: to } }], now)

  const db = await dbIn(req)
  const { rows } = await db.execute<Omit<Queued, 'to'>>(sql`
    select id::text, status::text from notifications
    where dedupe_key = ${`${notice.key}:${channel}`}`)
  const [row] = rows
  if (!row) throw new Error('The message was not queued.')
  return { ...row, to }
}

const MAX_LENGTH = 254
const Email = z.email()

/**
 * Parses a typed address of a channel into the form that providers accept: a number in E.164.
 *
 * @throws DomainError `messaging.invalid-address`
 */
export const parseAddress = (channel: ChannelKind, typed: string): string => {
  const text = typed.length <= MAX_LENGTH ? typed.trim() : ''
  const address = channel === 'sms' ? parsePhoneNumber(text) : (Email.safeParse(text).data ?? null)
  if (address !== null) return address
  throw new DomainError('messaging.invalid-address', MESSAGES[channel], { field: 'to' })
}

const MESSAGES: Record<ChannelKind, string> = {
  email: 'Enter an e-mail address, such as asha@example.in.',
  sms: 'Enter a phone number, such as +91 98765 43210.',
}
