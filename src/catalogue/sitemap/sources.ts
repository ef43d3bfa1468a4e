import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { memberPages } from '../../messaging/memberPages.ts'

/** A page of the members' site. `key` orders the pages of a source. */
export type SitePage = { key: string; path: string; changedAt: string }

export type SitemapSource = {
  name: string
  /** Returns the next pages after a key, in order; fewer than `limit` at the end. */
  list: (
    db: Database,
    input: { after: string | null; limit: number; now: Date },
  ) => Promise<SitePage[]>
}

/** The kinds of pages that the sitemap lists. A new kind is a new entry. */
export const SITEMAP_SOURCES: readonly SitemapSource[] = [
  {
    name: 'merchants',
    list: async (db, { after, limit }) => {
      const { rows } = await db.execute<{ id: string; slug: string; changed: string }>(sql`
        select id::text, slug, to_json(updated_at) #>> '{}' as changed
        from merchants
        where is_active and (${after}::uuid is null or id > ${after}::uuid)
        order by id limit ${limit}`)
      return rows.map(({ changed, id, slug }) => ({
        key: id,
        path: memberPages.merchant(slug),
        changedAt: changed,
      }))
    },
  },
  {
    name: 'offers',
    list: async (db, { after, limit, now }) => {
      const at = now.toISOString()
      const { rows } = await db.execute<{ id: string; changed: string }>(sql`
        select o.id::text, to_json(o.updated_at) #>> '{}' as changed
        from offers o join merchants m on m.id = o.merchant_id
        where o.is_active and m.is_active
          and (o.starts_at is null or o.starts_at <= ${at})
          and (o.ends_at is null or o.ends_at > ${at})
          and (${after}::uuid is null or o.id > ${after}::uuid)
        order by o.id limit ${limit}`)
      return rows.map(({ changed, id }) => ({
        key: id,
        path: memberPages.offer(id),
        changedAt: changed,
      }))
    },
  },
]
