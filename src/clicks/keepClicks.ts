import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import type { Goer, Way } from './types.ts'

export type Click = {
  /** The merchant's slug. */
  merchant: string
  /** An offer's id. */
  offer: string | null
  goer: Goer | null
  clickId: string
  /** Where it leads, and the seal of the way that this was made of; null to learn the way first. */
  link: { url: string; seal: string } | null
  isBot: boolean
  userAgent: string | null
  now: Date
}
/** `way` is there when the link was made of another one than the database has now. */
export type Kept = { isKept: boolean; way: Way | null }

/**
 * Keeps each click whose link still is that of its shop, in one round trip: the same statement reads
 * the shops, the sessions and the rates that are promised at this moment, and writes. So a shop that
 * is switched off, or a member who signed out, is so for the next click. When this resolves the
 * clicks are committed. Answers each in its place, null where no switched-on network leads to such a
 * shop.
 */
export const keepClicks = async (
  payload: Payload,
  clicks: readonly Click[],
): Promise<(Kept | null)[]> => {
  const { pool } = payload.db as unknown as PostgresAdapter
  const { rows } = await pool.query<Kept & { place: number }>({
    name: 'keep-clicks', // prepared once a connection: planning it takes longer than running it
    text: TEXT,
    values: [JSON.stringify(clicks.map(rowOf))],
  })
  const kept = new Map(rows.map(({ isKept, place, way }) => [place, { isKept, way }]))
  return clicks.map((_click, place) => kept.get(place) ?? null)
}

const rowOf = ({ goer, link, now, userAgent, ...click }: Click, place: number) => ({
  ...click,
  place,
  at: now,
  member: goer?.member,
  session: goer?.session,
  mayBeGuest: goer?.mayBeGuest ?? true,
  url: link?.url,
  seal: link?.seal,
  userAgent: userAgent?.slice(0, 300),
})

/** A category's rate is in the basis of its merchant. */
const TEXT = `
  with asked as materialized (
    select * from jsonb_to_recordset($1::jsonb) as a (place int, merchant text, offer uuid, at timestamptz,
      member uuid, session text, "mayBeGuest" boolean, "clickId" text, url text, seal text,
      "isBot" boolean, "userAgent" text)
  ), found as materialized (
    select shop.merchant as slug, shop.offer as asked, m.id as merchant, p.network, p.adapter, p.settings,
      p."trackingUrl",
      coalesce((select array_agg(t.text order by t."order") from merchants_texts t
        where t.parent_id = m.id and t.path = 'deepLinkHosts'), '{}') as hosts,
      o.id as offer, o.url as "offerUrl", config.guest_clicks,
      coalesce(m.rate_basis::text, config.rate_basis::text) as basis,
      coalesce((select c.rate_bps from merchants_categories c
        where c._parent_id = m.id and c.name = o.category order by c._order limit 1),
        m.rate_bps, config.rate_bps) as bps
    from (select merchant, offer, max(at) as at from asked group by merchant, offer) shop
    join merchants m on m.slug = shop.merchant and m.is_active
    cross join lateral (select n.id as network, n.adapter, n.settings, p.tracking_url as "trackingUrl"
      from merchants_programs p join networks n on n.id = p.network_id
      where p._parent_id = m.id and n.is_on order by p._order limit 1) p
    cross join (select guest_clicks, rate_basis, rate_bps from cashback_config limit 1) config
    left join offers o on o.id = shop.offer and o.merchant_id = m.id and o.is_active
      and coalesce(o.starts_at <= shop.at, true) and coalesce(o.ends_at > shop.at, true)
  ), way as materialized (
    select found.*, md5(json_build_array(merchant, network, adapter, settings, "trackingUrl", hosts,
      offer, "offerUrl")::text) as seal from found
  ), going as materialized (
    select a.place, a.at, a."mayBeGuest", a."clickId", a.url, a."isBot", a."userAgent", u.id as member,
      way.*, way.seal is not distinct from a.seal as "isWay"
    from asked a join way on way.slug = a.merchant and way.asked is not distinct from a.offer
    left join users u on u.id = a.member and (a.session is null or exists
      (select from users_sessions s where s._parent_id = u.id and s.id = a.session))
  ), kept as (
    insert into clicks (id, click_id, member_id, merchant_id, network_id, offer_id, rate_basis,
      rate_bps, url, is_bot, user_agent, created_at, updated_at)
    select time_ordered_uuid(), "clickId", case when "isBot" then null else member end,
      merchant, network, offer, basis::enum_clicks_rate_basis, bps, url, "isBot", "userAgent", at, at
    from going where "isWay" and (member is not null or ("mayBeGuest" and guest_clicks))
    order by place
    returning click_id
  )
  select place, exists (select from kept where kept.click_id = "clickId") as "isKept",
    case when not "isWay" then json_build_object('seal', seal, 'adapter', adapter,
      'settings', settings, 'trackingUrl', "trackingUrl", 'hosts', hosts, 'offer', offer,
      'offerUrl', "offerUrl") end as way
  from going`
