import { customAlphabet } from 'nanoid'
import type { Payload } from 'payload'

import { buildDeepLink } from '../../domain/cashback/deepLink.ts'
import { DomainError } from '../../domain/errors.ts'
import { networksOptions } from '../ingestion/sync/networksOptions.ts'
import { findAdapter } from '../networks/index.ts'
import { groupCommits } from './groupCommits.ts'
import {
  type Click,
  type ClickIdentity,
  type MerchantRoute,
  storeClicks,
  type StoredClick,
} from './storeClicks.ts'

type ClickInput = {
  payload: Payload
  /** The merchant's slug. */
  merchant: string
  /** The id of an offer of this merchant. */
  offer?: string | undefined
  /** A page of the merchant. Default: the offer's page, else the front page. */
  url?: string | undefined
  /** Null for a guest. */
  clicker: ClickIdentity | null
  userAgent: string | null
  /** A robot or a prefetch. Its click is stored without a member and earns nothing. */
  isBot: boolean
  now: Date
}
type ClickResult = { clickId: string; url: string }

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The number of tries: the route may change between two queries. */
const MAX_TRIES = 4

/**
 * Creates a click id of lower-case letters and digits: some networks return it in another case, or
 * cut it, so it is no longer than the shortest field of a network. 27 of 36 characters have 139
 * bits, so that an id cannot be guessed.
 */
const newClickId = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 27)

/**
 * Stores a click with the rate of this moment and returns the tracking link. The click is committed
 * before the link is returned. One round trip, shared by clicks at the same time; a second one if
 * the merchant's route has changed since the last click.
 *
 * @throws DomainError `click.no-merchant` no such merchant, or no active network leads there
 * @throws DomainError `click.no-offer` not an offer of this merchant, or not valid now
 * @throws DomainError `click.not-allowed` the page is not on one of the merchant's hosts
 * @throws DomainError `auth.required` guest clicks are off, or the session has ended
 * @throws DomainError `request.try-again` the route changed at every try
 */
export const clickOut = async (input: ClickInput): Promise<ClickResult> => {
  const { clicker, isBot, merchant, now, payload, url, userAgent } = input
  const offer = input.offer ?? null
  if (!SLUG.test(merchant)) throw merchantNotFound()
  if (offer !== null && !UUID.test(offer)) throw offerNotFound()
  const clickId = newClickId()
  const { links, store } = memoryOf(payload)
  const key = `${merchant} ${offer ?? ''}`
  let link = linkFromMemory(links.get(key), { clickId, offer, url })
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const stored = await store({ merchant, offer, clicker, clickId, link, isBot, userAgent, now })
    if (!stored) links.delete(key)
    if (!stored) throw merchantNotFound()
    if (stored.isStored && link) return { clickId, url: link.url }
    if (!stored.route) {
      throw new DomainError('auth.required', 'Sign in, so that the cashback is yours.')
    }
    const current = openTrackingLinks(payload, stored.route)
    link = { routeHash: current.routeHash, url: current.linkTo({ clickId, offer, url }) }
    remember(links, key, current)
  }
  throw new DomainError('request.try-again', 'The merchant is being changed. Try again.')
}

/**
 * Builds the link from the route in memory. Null if it cannot be built: that route may be outdated,
 * so the database decides.
 */
const linkFromMemory = (known: TrackingLinks | undefined, input: LinkInput) => {
  try {
    return known ? { routeHash: known.routeHash, url: known.linkTo(input) } : null
  } catch {
    return null
  }
}

/** The state of one process: its queue of clicks, and the last known routes. */
type Memory = {
  store: (click: Click) => Promise<StoredClick | null>
  links: Map<string, TrackingLinks>
}

const memoryOf = (payload: Payload): Memory => {
  const memory = MEMORIES.get(payload) ?? {
    store: groupCommits((clicks: readonly Click[]) => storeClicks(payload, clicks)),
    links: new Map<string, TrackingLinks>(),
  }
  MEMORIES.set(payload, memory)
  return memory
}
const MEMORIES = new WeakMap<Payload, Memory>()
const MAX_LINKS = 20_000

const remember = (links: Map<string, TrackingLinks>, key: string, current: TrackingLinks) => {
  if (links.size >= MAX_LINKS) links.clear()
  links.set(key, current)
}

type LinkInput = { clickId: string; url: string | undefined; offer: string | null }
/** Builds the links of one route. Pure. */
type TrackingLinks = { routeHash: string; linkTo: (input: LinkInput) => string }

/**
 * Opens a merchant's route. A link leads to the requested page, else to the offer's page, else to
 * the merchant's front page; the page must be on a host that the merchant lists.
 *
 * `linkTo` throws DomainError `click.not-allowed` for another host, `click.no-offer` for an offer
 * that is not valid.
 *
 * @throws DomainError `click.no-merchant` the network's row cannot be opened
 */
const openTrackingLinks = (payload: Payload, route: MerchantRoute): TrackingLinks => {
  const { adapter, hosts, offerUrl, routeHash, settings, trackingUrl } = route
  const network = openAdapter(payload, adapter, settings)
  return {
    routeHash,
    linkTo: ({ clickId, offer, url }) => {
      if (offer !== null && route.offer === null) throw offerNotFound()
      const page = url ?? offerUrl ?? undefined
      const deepLink = page === undefined ? undefined : buildDeepLink(page, hosts)
      try {
        return network.buildLink({ trackingUrl, clickId, deepLink })
      } catch {
        throw merchantNotFound() // the tracking URL was written without our hooks
      }
    },
  }
}

const openAdapter = (payload: Payload, adapter: string, settings: object | null) => {
  const { env } = networksOptions(payload)
  try {
    const network = findAdapter(adapter)?.open({ env, settings: settings ?? {} })
    if (network) return network
  } catch {
    payload.logger.error({ msg: 'the settings of a network do not fit its adapter', adapter })
  }
  throw merchantNotFound()
}

const offerNotFound = () =>
  new DomainError('click.no-offer', 'This merchant has no such offer now.', { field: 'offer' })

/**
 * The same error for an unknown merchant and for one without a network, so that it reveals neither.
 */
const merchantNotFound = () =>
  new DomainError('click.no-merchant', 'There is no link to this merchant.', { field: 'merchant' })
