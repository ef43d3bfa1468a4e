import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import type { Goer, Way } from './types.ts'

type Click = {
  payload: Payload
  merchant: string
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
type Kept = { isKept: boolean; way: Way | null }

/**
 * Keeps a click if its link still is that of the shop, in one round trip: the same statement reads
 * the shop, the session and the rate that is promised at this moment, and writes. So a shop that is
 * switched off, or a member who signed out, is so for the next click. When this resolves the click
 * is committed. Null where no switched-on network leads to such a shop.
 */
export const keepClick = async (click: Click): Promise<Kept | null> => {
  const { clickId, goer, isBot, link, merchant, now, offer, payload, userAgent } = click
  const { pool } = payload.db as unknown as PostgresAdapter
  const { rows } = await pool.query<Kept>({
    name: 'keep-click', // prepared once a connection: planning it takes longer than running it
    text: TEXT,
    values: [
      merchant,
      offer,
      now.toISOString(),
      goer?.member ?? null,
      goer?.session ?? null,
      goer?.mayBeGuest ?? true,
      clickId,
      link?.url ?? null,
      link?.seal ?? null,
      isBot,
      userAgent?.slice(0, 300) ?? null,
    ],
  })
  return rows[0] ?? null
}

/** A category's rate is in the basis of its merchant. */
const TEXT = `
  with found as materialized (
    select m.id as merchant, p.network, p.adapter, p.settings, p."trackingUrl",
      coalesce((select array_agg(t.text order by t."order") from merchants_texts t
        where t.parent_id = m.id and t.path = 'deepLinkHosts'), '{}') as hosts,
      o.id as offer, o.url as "offerUrl", config.guest_clicks,
      coalesce(m.rate_basis::text, config.rate_basis::text) as basis,
      coalesce((select c.rate_bps from merchants_categories c
        where c._parent_id = m.id and c.name = o.category order by c._order limit 1),
        m.rate_bps, config.rate_bps) as bps
    from merchants m
    cross join lateral (select n.id as network, n.adapter, n.settings, p.tracking_url as "trackingUrl"
      from merchants_programs p join networks n on n.id = p.network_id
      where p._parent_id = m.id and n.is_on order by p._order limit 1) p
    cross join (select guest_clicks, rate_basis, rate_bps from cashback_config limit 1) config
    left join offers o on o.id = $2::uuid and o.merchant_id = m.id and o.is_active
      and coalesce(o.starts_at <= $3::timestamptz, true) and coalesce(o.ends_at > $3::timestamptz, true)
    where m.slug = $1::text and m.is_active
  ), way as materialized (
    select found.*, md5(json_build_array(merchant, network, adapter, settings, "trackingUrl", hosts,
      offer, "offerUrl")::text) as seal from found
  ), who as (
    select u.id from users u where u.id = $4::uuid and ($5::text is null or exists
      (select from users_sessions s where s._parent_id = u.id and s.id = $5::text))
  ), kept as (
    insert into clicks (id, click_id, member_id, merchant_id, network_id, offer_id, rate_basis,
      rate_bps, url, is_bot, user_agent, created_at, updated_at)
    select time_ordered_uuid(), $7::text, case when $10::boolean then null else who.id end,
      way.merchant, way.network, way.offer, way.basis::enum_clicks_rate_basis, way.bps, $8::text,
      $10::boolean, $11::text, $3::timestamptz, $3::timestamptz
    from way left join who on true
    where way.seal = $9::text and (who.id is not null or ($6::boolean and way.guest_clicks))
    returning 1
  )
  select exists (select from kept) as "isKept",
    case when way.seal is distinct from $9::text then json_build_object('seal', seal, 'adapter', adapter,
      'settings', settings, 'trackingUrl', "trackingUrl", 'hosts', hosts, 'offer', offer,
      'offerUrl', "offerUrl") end as way
  from way`
