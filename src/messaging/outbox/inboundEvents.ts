import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { wakeWorkers } from '../../database/wakeWorkers.ts'
import { toStorableText } from '../../database/toJson.ts'
import type { DeliveryEvent } from '../types.ts'

/** An event that another system sent, to be applied by a job. */
type NewEvent = {
  source: string
  /** Unique within the source: a repeated event is stored once. */
  eventId: string
  body: object
}

/**
 * Stores events of other systems and wakes the workers of the channel. One statement, so that a
 * batch is stored as a whole or not at all, and its sender can send it again. An event that was
 * stored before is not stored twice.
 */
export const storeEvents = async (
  db: Database,
  { channel, events, receivedAt }: { events: NewEvent[]; receivedAt: Date; channel: string },
): Promise<void> => {
  if (events.length === 0) return
  // Always in the same order, or two copies of one batch could deadlock.
  const ordered = [...events].sort((one, other) => (one.eventId < other.eventId ? -1 : 1))
  const at = receivedAt.toISOString()
  await db.execute(sql`
    insert into inbound_events (
      id, source, event_id, status, body, received_at, created_at, updated_at
    )
    select time_ordered_uuid(),
      e.event ->> 'source',
      e.event ->> 'eventId',
      'pending',
      e.event -> 'body',
      ${at},
      ${at},
      ${at}
    from jsonb_array_elements(${JSON.stringify(ordered, toStorableText)}::jsonb) as e (event)
    on conflict (source, event_id) do nothing`)
  wakeWorkers(db, channel)
}

/** Stores delivery reports of a provider; a job applies them. */
export const storeReports = (
  db: Database,
  { events, receivedAt }: { events: DeliveryEvent[]; receivedAt: Date },
): Promise<void> =>
  storeEvents(db, {
    events: events.map((body) => ({ source: body.provider, eventId: body.eventId, body })),
    receivedAt,
    channel: 'inbound',
  })

/** A stored report, and the id of its notification; null when there is none. */
export type ClaimedReport = { id: string; body: DeliveryEvent; notification: string | null }

/**
 * How long a report that carries only the provider's id waits until a row has that id. The report
 * may overtake the response to our request, which is recorded together with its batch.
 */
const MAX_WAIT_MS = 120_000

const MAX_BATCH_BYTES = 4 * 1024 * 1024

/**
 * Locks the oldest pending reports for the caller's transaction, and skips those that another
 * worker has locked; some 4 MB at most, since larger batches would end the worker, and each next
 * one. Our own id finds the notification, or the provider's id where ours was not
 * carried. A report belongs to a notification only if its provider was given that message.
 */
export const claimReports = async (
  db: Database,
  { limit, now }: { limit: number; now: Date },
): Promise<ClaimedReport[]> => {
  const waitingSince = new Date(now.getTime() - MAX_WAIT_MS).toISOString()
  const { rows } = await db.execute<ClaimedReport>(sql`
    with claimed as (
      select id, octet_length(body::text) as bytes, source, received_at, ${OWN_ID} as own_id
      from inbound_events e
      where status = 'pending'
        and ${IS_DELIVERY_REPORT}
        and (
          ${OWN_ID} is not null
          or received_at < ${waitingSince}
          or exists (
            select 1 from notifications n
            where n.provider_message_id = e.body ->> 'providerMessageId'
              and n.provider = e.body ->> 'provider'
          )
        )
      order by received_at, id
      limit ${limit}
      for update skip locked
    ), fitting as (
      select *, sum(bytes) over (order by received_at, id) - bytes as before from claimed
    ), c as (
      select f.id, f.source, f.received_at, f.own_id, e.body
      from fitting f
      join inbound_events e using (id)
      where f.before < ${MAX_BATCH_BYTES}
    )
    select c.id, c.body, coalesce(ours.id, theirs.id) as notification
    from c
    left join notifications ours on ours.id = c.own_id and ${WAS_SENT_OVER}
    left join lateral (
      select n.id from notifications n
      where c.own_id is null
        and n.provider_message_id = c.body ->> 'providerMessageId'
        and n.provider = c.body ->> 'provider'
      limit 1
    ) theirs on true
    order by c.received_at, c.id`)
  return rows
}

/** The sources of delivery reports; the postbacks of networks are in the same table. */
const IS_DELIVERY_REPORT = sql`source in ('sendgrid', 'twilio', 'msg91')`

/** Our notification's id in a report; null where the text is no id, as a sender can write any. */
const OWN_ID = sql`case
  when body ->> 'notificationId' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  then (body ->> 'notificationId')::uuid end`

/**
 * The provider carries this kind of message and was given this one: an attempt names it, or an
 * attempt is or was under way for which no provider is recorded. A provider can thus report neither
 * on a message of another provider nor on one that was never sent.
 */
const WAS_SENT_OVER = sql`(ours.channel = 'email') = (c.source = 'sendgrid') and (
  ours.provider = c.source
  or ours.attempt_started_at is not null
  or ours.attempts @> jsonb_build_array(jsonb_build_object('provider', c.source))
  or ours.attempts @> '[{"code": "worker-lost"}]')`

/** Short enough for a report on a locked row, long enough for one that has to wait. */
const RECHECK_MS = 1_000

/** Milliseconds until pending reports should be checked again; null when there are none. */
export const findNextReport = async (db: Database): Promise<number | null> => {
  const { rows } = await db.execute(
    sql`select 1 from inbound_events where status = 'pending' and ${IS_DELIVERY_REPORT} limit 1`,
  )
  return rows.length > 0 ? RECHECK_MS : null
}

/** How the processing of a stored event ended. An event that is left for later has no result. */
export type EventResult = {
  id: string
  status: 'applied' | 'ignored' | 'failed'
  detail: string | null
}

/** Records how events ended, in the caller's transaction, which is the one that applied them. */
export const closeEvents = async (
  db: Database,
  { now, results }: { results: EventResult[]; now: Date },
): Promise<void> => {
  if (results.length === 0) return
  await db.execute(sql`
    update inbound_events e
    set status = r.status::enum_inbound_events_status,
      detail = r.detail,
      applied_at = ${now.toISOString()},
      updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(results)}::jsonb)
      as r (id uuid, status text, detail text)
    where e.id = r.id`)
}

/** Leaves events for a later attempt, with the reason, in the caller's transaction. */
export const postponeEvents = async (
  db: Database,
  { events, now }: { events: { id: string; detail: string }[]; now: Date },
): Promise<void> => {
  if (events.length === 0) return
  await db.execute(sql`
    update inbound_events e
    set detail = r.detail, updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as r (id uuid, detail text)
    where e.id = r.id and e.status = 'pending'`)
}
