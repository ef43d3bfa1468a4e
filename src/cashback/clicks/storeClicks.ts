import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

/** The member of a click, by a signature. `storeClicks` checks the session. */
export type ClickIdentity = {
  member: string
  /** The session that must still be open; null for a click token, or a session checked before. */
  session: string | null
  /**
   * False if the credentials were sent explicitly: the click is refused, not stored as a guest's.
   */
  mayBeGuest: boolean
}

/**
 * The route from a click to a merchant. `routeHash` changes with every change that changes a link.
 */
export type MerchantRoute = {
  routeHash: string
  adapter: string
  settings: object | null
  trackingUrl: string
  hosts: string[]
  /** The requested offer, null if it is not valid, and its page. */
  offer: string | null
  offerUrl: string | null
}

export type Click = {
  /** The merchant's slug. */
  merchant: string
  /** An offer's id. */
  offer: string | null
  clicker: ClickIdentity | null
  clickId: string
  /** The link, and the hash of its route; null to learn the route first. */
  link: { url: string; routeHash: string } | null
  isBot: boolean
  userAgent: string | null
  now: Date
}
/** `route` is set if the link was built of another route than the current one. */
export type StoredClick = { isStored: boolean; route: MerchantRoute | null }

/**
 * Stores the clicks with a link that fits the merchant's current route, in one round trip: the same
 * query reads merchants, sessions and rates, and writes. So the next click sees that a merchant was
 * switched off or that a member signed out. The clicks are committed when this resolves. Returns a
 * result for each click, in order; null if no active network leads to the merchant.
 */
export const storeClicks = async (
  payload: Payload,
  clicks: readonly Click[],
): Promise<(StoredClick | null)[]> => {
  const { pool } = payload.db as unknown as PostgresAdapter
  const { rows } = await pool.query<StoredClick & { place: number }>({
    name: 'store-clicks', // prepared once a connection: planning takes longer than execution
    text: QUERY,
    values: [JSON.stringify(clicks.map(toRow))],
  })
  const stored = new Map(rows.map(({ place, ...result }) => [place, result]))
  return clicks.map((_click, place) => stored.get(place) ?? null)
}

const toRow = ({ clicker, link, now, userAgent, ...click }: Click, place: number) => ({
  ...click,
  place,
  at: now,
  member: clicker?.member,
  session: clicker?.session,
  mayBeGuest: clicker?.mayBeGuest ?? true,
  url: link?.url,
  routeHash: link?.routeHash,
  userAgent: userAgent?.slice(0, 300),
})

/** The rate of an offer's category uses the merchant's basis. */
const QUERY = `
  with input as materialized (
    select *
    from jsonb_to_recordset($1::jsonb) as i (
      place int,
      merchant text,
      offer uuid,
      at timestamptz,
      member uuid,
      session text,
      "mayBeGuest" boolean,
      "clickId" text,
      url text,
      "routeHash" text,
      "isBot" boolean,
      "userAgent" text)
  ), found as materialized (
    select i.merchant as slug,
      i.offer as requested_offer,
      m.id as merchant,
      p.network,
      p.adapter,
      p.settings,
      p."trackingUrl",
      coalesce((select array_agg(t.text order by t."order") from merchants_texts t
        where t.parent_id = m.id and t.path = 'deepLinkHosts'), '{}') as hosts,
      o.id as offer,
      o.url as "offerUrl",
      config.guest_clicks,
      coalesce(m.rate_basis::text, config.rate_basis::text) as basis,
      coalesce((select c.rate_bps from merchants_categories c
        where c._parent_id = m.id and c.name = o.category order by c._order limit 1),
        m.rate_bps, config.rate_bps) as bps
    from (select merchant, offer, max(at) as at from input group by merchant, offer) i
    join merchants m on m.slug = i.merchant and m.is_active
    cross join lateral (
      select n.id as network, n.adapter, n.settings, p.tracking_url as "trackingUrl"
      from merchants_programs p
      join networks n on n.id = p.network_id
      where p._parent_id = m.id and n.is_on
      order by p._order
      limit 1
    ) p
    cross join (select guest_clicks, rate_basis, rate_bps from cashback_config limit 1) config
    left join offers o on o.id = i.offer
      and o.merchant_id = m.id
      and o.is_active
      and coalesce(o.starts_at <= i.at, true)
      and coalesce(o.ends_at > i.at, true)
  ), route as materialized (
    select found.*,
      md5(json_build_array(merchant, network, adapter, settings, "trackingUrl", hosts, offer,
        "offerUrl")::text) as "routeHash"
    from found
  ), click as materialized (
    select i.place,
      i.at,
      i."mayBeGuest",
      i."clickId",
      i.url,
      i."isBot",
      i."userAgent",
      u.id as member,
      route.*,
      route."routeHash" is not distinct from i."routeHash" as "isCurrent"
    from input i
    join route on route.slug = i.merchant and route.requested_offer is not distinct from i.offer
    left join users u on u.id = i.member
      and (i.session is null or exists (
        select from users_sessions s where s._parent_id = u.id and s.id = i.session))
  ), stored as (
    insert into clicks (id, click_id, member_id, merchant_id, network_id, offer_id, rate_basis,
      rate_bps, url, is_bot, user_agent, created_at, updated_at)
    select time_ordered_uuid(),
      "clickId",
      case when "isBot" then null else member end,
      merchant,
      network,
      offer,
      basis::enum_clicks_rate_basis,
      bps,
      url,
      "isBot",
      "userAgent",
      at,
      at
    from click
    where "isCurrent" and (member is not null or ("mayBeGuest" and guest_clicks))
    order by place
    returning click_id
  )
  select place,
    exists (select from stored where stored.click_id = "clickId") as "isStored",
    case when not "isCurrent" then json_build_object(
      'routeHash', "routeHash",
      'adapter', adapter,
      'settings', settings,
      'trackingUrl', "trackingUrl",
      'hosts', hosts,
      'offer', offer,
      'offerUrl', "offerUrl"
    ) end as route
  from click`
