import { sql } from '@payloadcms/db-postgres'

import { isAlwaysOn } from '../domain/preferences.ts'
import type { Database } from '../ledger/transactionOf.ts'
import { CATEGORIES, type Category, CHANNEL_KINDS, type ChannelKind } from '../messaging/types.ts'

export type Preference = { category: Category; channel: ChannelKind; isOn: boolean }

/** What a member hears: every category in every channel. What was never switched is on. */
export const loadPreferences = async (db: Database, userId: string): Promise<Preference[]> => {
  const { rows } = await db.execute<{ category: string; channel: string }>(sql`
    select category::text as category, channel::text as channel from notification_preferences
    where user_id = ${userId} and not is_on`)
  const off = new Set(rows.map(({ category, channel }) => `${category} ${channel}`))
  return CATEGORIES.flatMap((category) =>
    CHANNEL_KINDS.map((channel) => ({
      category,
      channel,
      isOn: isAlwaysOn(category) || !off.has(`${category} ${channel}`),
    })),
  )
}

/** Keeps what a member chose; the last choice counts. */
export const storePreference = async (
  db: Database,
  { category, channel, isOn, now, userId }: Preference & { userId: string; now: Date },
): Promise<void> => {
  const at = now.toISOString()
  await db.execute(sql`
    insert into notification_preferences (id, user_id, category, channel, is_on, created_at, updated_at)
    values (time_ordered_uuid(), ${userId}, ${category}, ${channel}, ${isOn}, ${at}, ${at})
    on conflict (user_id, category, channel) do update set is_on = excluded.is_on, updated_at = ${at}`)
}
