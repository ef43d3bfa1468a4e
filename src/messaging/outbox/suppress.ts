import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { toStorableText } from '../../database/toJson.ts'

export type Suppression = {
  channel: 'email' | 'sms'
  address: string
  reason: 'bounce' | 'complaint' | 'opt-out'
  provider: string
  detail: string | null
}

/**
 * Records addresses that must not receive messages again. The first reason stays, except that a
 * bounce replaces an opt-out or a complaint: the address does not exist.
 */
export const suppress = async (db: Database, suppressions: Suppression[]): Promise<void> => {
  if (suppressions.length === 0) return
  await db.execute(sql`
    insert into suppressions (id, channel, address, reason, provider, detail)
    select distinct on (s.channel, lower(s.address))
      time_ordered_uuid(),
      s.channel::enum_suppressions_channel,
      lower(s.address),
      s.reason::enum_suppressions_reason,
      s.provider,
      s.detail
    from jsonb_to_recordset(${JSON.stringify(suppressions, toStorableText)}::jsonb)
      as s (channel text, address text, reason text, provider text, detail text)
    order by s.channel, lower(s.address), s.reason <> 'bounce'
    on conflict (channel, address)
    do update set reason = excluded.reason, provider = excluded.provider, detail = excluded.detail
    where excluded.reason = 'bounce' and suppressions.reason in ('opt-out', 'complaint')`)
}
