import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { encrypt } from '../encryption.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import type { ChannelKind, Locale, Template } from '../messaging/types.ts'
import { outboxOf } from './outboxOf.ts'

export type Notice<Data extends object = object> = {
  /** Names the cause: the same one is told once, however often it happens. */
  key: string
  template: Template<Data>
  data: Data
  /** Whom: a member, with their language and choices … */
  user?: string
  /** … or an address as it is: of somebody without an account, or not (yet) that of the account. */
  to?: Partial<Record<ChannelKind, string>>
  /** In which language; absent: the member's. */
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
 * Writes what somebody is to be told, in the caller's transaction: with the cause or not at all.
 * One row for each channel that the template has and the person can be reached by; an SMS goes to
 * a number its owner has confirmed. What a member chose not to hear is kept as `suppressed`, so
 * that its absence has a reason. However many, it is one statement.
 *
 * @throws DomainError `ledger.no-transaction` the request carries no transaction
 */
export const queueNotifications = async (
  req: PayloadRequest,
  notices: Notice[],
  now: Date,
): Promise<void> => {
  if (notices.length === 0) return
  const { encryptionKey } = outboxOf(req.payload)
  const rows = JSON.stringify(notices.flatMap((notice) => rowsOf(notice, encryptionKey)))
  const at = now.toISOString()
  const db = await transactionOf(req)
  await db.execute(sql`
    insert into notifications (id, dedupe_key, lane, status, channel, template, category, locale,
      user_id, "to", data, secret, attempt_count, next_attempt_at, reason, final_at, created_at, updated_at)
    select time_ordered_uuid(), n.key, n.lane::enum_notifications_lane,
      (case when p.id is null then 'pending' else 'suppressed' end)::enum_notifications_status,
      n.channel::enum_notifications_channel, n.template, n.category,
      coalesce(n.locale, u.locale, 'en'), n."user", a.address, n.data, n.secret, 0, ${at},
      case when p.id is not null then 'preference' end,
      case when p.id is not null then ${at}::timestamptz end, ${at}, ${at}
    from jsonb_to_recordset(${rows}::jsonb) as n (key text, lane text, template text, category text,
      channel text, locale text, "user" uuid, "to" text, data jsonb, secret text)
    left join users u on u.id = n."user"
    cross join lateral (select coalesce(n."to", case n.channel
      when 'email' then u.email else case when u.phone_verified_at is not null then u.phone end
    end) as address) a
    left join notification_preferences p on p.user_id = n."user" and not p.is_on
      and p.category::text = n.category and p.channel::text = n.channel and n.category <> 'security'
    where a.address is not null
    on conflict (dedupe_key) do nothing`)
}

const rowsOf = ({ data, key, locale, template, to, user }: Notice, encryptionKey: Buffer): Row[] =>
  (['email', 'sms'] as const)
    .filter((channel) => template[channel] && (user !== undefined || to?.[channel] !== undefined))
    .filter((channel) => !to || to[channel] !== undefined)
    .map((channel) => {
      const rowKey = `${key}:${channel}`
      const { category, isSecret, lane, name } = template
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
