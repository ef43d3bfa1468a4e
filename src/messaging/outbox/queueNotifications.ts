import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { encrypt } from '../../platform/encryption.ts'
import { dbIn } from '../../database/dbIn.ts'
import { wakeWorkers } from '../../database/wakeWorkers.ts'
import type { ChannelKind, Locale, Template } from '../types.ts'
import { findOutbox } from './findOutbox.ts'

export type Notice<Data extends object = object> = {
  /** Identifies the cause: a cause is notified once, however often it is queued. */
  key: string
  template: Template<Data>
  data: Data
  /** The recipient: a member, with their language and preferences … */
  user?: string
  /** … or addresses: of a person without an account, or not (yet) the account's own. */
  to?: Partial<Record<ChannelKind, string>>
  /** The member's when absent. */
  locale?: Locale
}

type Row = {
  key: string
  lane: string
  template: string
  category: string
  channel: ChannelKind
  locale: Locale | null
  user: string | null
  to: string | null
  data: object | null
  secret: string | null
}

/**
 * Queues notifications in the caller's transaction: together with their cause or not at all. Writes
 * one row for each channel that the template supports and the recipient can be reached on; an SMS
 * goes only to a confirmed number. A notification that the member switched off is stored as
 * `suppressed`, so that it is clear why it was not sent. One statement, however many there are.
 *
 * @throws DomainError `ledger.no-transaction` the request carries no transaction
 */
export const queueNotifications = async (
  req: PayloadRequest,
  notices: Notice[],
  now: Date,
): Promise<void> => {
  if (notices.length === 0) return
  const { encryptionKey } = findOutbox(req.payload)
  const rows = JSON.stringify(notices.flatMap((notice) => toRows(notice, encryptionKey)))
  const at = now.toISOString()
  const db = await dbIn(req)
  await db.execute(sql`
    insert into notifications (
      id, dedupe_key, lane, status, channel, template, category, locale, user_id, "to", data,
      secret, attempt_count, next_attempt_at, reason, final_at, created_at, updated_at
    )
    select time_ordered_uuid(),
      n.key,
      n.lane::enum_notifications_lane,
      (case when p.id is null then 'pending' else 'suppressed' end)::enum_notifications_status,
      n.channel::enum_notifications_channel,
      n.template,
      n.category,
      coalesce(n.locale, u.locale, 'en'),
      n."user",
      a.address,
      n.data,
      n.secret,
      0,
      ${at},
      case when p.id is not null then 'preference' end,
      case when p.id is not null then ${at}::timestamptz end,
      ${at},
      ${at}
    from jsonb_to_recordset(${rows}::jsonb) as n (${ROW_COLUMNS})
    left join users u on u.id = n."user"
    cross join lateral (
      select coalesce(n."to", case
        when n.channel = 'email' then u.email
        when u.phone_verified_at is not null then u.phone
      end) as address
    ) a
    left join notification_preferences p on p.user_id = n."user"
      and not p.is_on
      and p.category::text = n.category
      and p.channel::text = n.channel
      and n.category <> 'security'
    where a.address is not null
    on conflict (dedupe_key) do nothing`)
  wakeWorkers(db, 'outbox')
}

/** The columns of `Row`, as SQL reads them from JSON. */
const ROW_COLUMNS = sql.raw(`
  key text,
  lane text,
  template text,
  category text,
  channel text,
  locale text,
  "user" uuid,
  "to" text,
  data jsonb,
  secret text`)

const toRows = ({ data, key, locale, template, to, user }: Notice, encryptionKey: Buffer): Row[] =>
  (['email', 'sms'] as const)
    .filter((channel) => template[channel] && (user !== undefined || to?.[channel] !== undefined))
    .filter((channel) => !to || to[channel] !== undefined)
    .map((channel) => {
      const rowKey = `${key}:${channel}`
      const { category, lane, name } = template
      const isSecret = template.isSecret && (template.carriesSecret?.(data) ?? true)
      return {
        key: rowKey,
        lane,
        template: name,
        category,
        channel,
        locale: locale ?? null,
        user: user ?? null,
        to: to?.[channel] ?? null,
        data: isSecret ? null : data,
        secret: isSecret ? encrypt(encryptionKey, JSON.stringify(data), rowKey) : null,
      }
    })
