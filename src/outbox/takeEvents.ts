import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { DeliveryEvent } from '../messaging/types.ts'
import { FROM_PROVIDERS } from './fromProviders.ts'

/** A stored report, and the row it is about; null where there is none. */
export type TakenEvent = { id: string; body: DeliveryEvent; notification: string | null }

/**
 * How long a report that names only the provider's id waits for its row to learn that id: the
 * report may overtake the answer to our request, which is written with those of its batch.
 */
const PATIENCE_MS = 120_000

/**
 * Takes the oldest reports that wait, for the transaction; those that another worker is at are left
 * to it. Our own id says whose they are, the provider's where ours did not travel along; a report
 * about what its provider was never given is about nothing of ours.
 */
export const takeEvents = async (
  db: Database,
  { limit, now }: { limit: number; now: Date },
): Promise<TakenEvent[]> => {
  const patience = new Date(now.getTime() - PATIENCE_MS).toISOString()
  const { rows } = await db.execute<TakenEvent>(sql`
    with taken as (
      select id, body, source, received_at, ${ownId(sql`body`)} as own from inbound_events e
      where status = 'pending' and ${FROM_PROVIDERS}
        and (${ownId(sql`body`)} is not null or received_at < ${patience} or exists (
          select 1 from notifications n where n.provider_message_id = e.body ->> 'providerMessageId'
            and n.provider = e.body ->> 'provider'))
      order by received_at, id limit ${limit} for update skip locked
    )
    select t.id, t.body, coalesce(ours.id, theirs.id) as notification
    from taken t
    left join notifications ours on ours.id = t.own and ${WAS_GIVEN}
    left join lateral (
      select n.id from notifications n where t.own is null
        and n.provider_message_id = t.body ->> 'providerMessageId' and n.provider = t.body ->> 'provider'
      limit 1
    ) theirs on true
    order by t.received_at, t.id`)
  return rows
}

/**
 * The provider carries messages of that kind, and had this one: an attempt names it, or one is or
 * was under way of which nobody wrote down with whom. Who can speak for one provider speaks for no
 * other, and for no message that never left.
 */
const WAS_GIVEN = sql`(ours.channel = 'email') = (t.source = 'sendgrid') and (
  ours.provider = t.source or ours.attempt_started_at is not null
  or ours.attempts @> jsonb_build_array(jsonb_build_object('provider', t.source))
  or ours.attempts @> '[{"code": "worker-lost"}]')`

/** Others could have written anything there. */
const ownId = (body: ReturnType<typeof sql>) =>
  sql`case when ${body} ->> 'notificationId' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    then (${body} ->> 'notificationId')::uuid end`
