import { sql } from '@payloadcms/db-postgres'

import { isAlwaysOn } from '../../domain/messaging/preferences.ts'
import type { Database } from '../../database/dbIn.ts'
import { CATEGORIES, type Category, CHANNEL_KINDS, type ChannelKind } from '../types.ts'

export type Preference = { category: Category; channel: ChannelKind; isOn: boolean }

/** A member's preferences for every category and channel. Each is on until it is switched off. */
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

/** Stores one preference of a member; the latest one applies. */
export const storePreference = async (
  db: Database,
  { category, channel, isOn, now, userId }: Preference & { userId: string; now: Date },
): Promise<void> => {
  const at = now.toISOString()
  await db.execute(sql`
    insert into notification_preferences (
      id, user_id, category, channel, is_on, created_at, updated_at
    )
    values (time_ordered_uuid(), ${userId}, ${category}, ${channel}, ${isOn}, ${at}, ${at})
    on conflict (user_id, category, channel)
    do update set is_on = excluded.is_on, updated_at = ${at}`)
}

/** Deletes the preferences of a member, together with the account. */
export const deletePreferences = async (db: Database, userId: string | number): Promise<void> => {
  await db.execute(sql`delete from notification_preferences where user_id = ${userId}`)
}
