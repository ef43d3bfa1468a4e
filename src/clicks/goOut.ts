import { customAlphabet } from 'nanoid'
import type { Payload } from 'payload'

import { DomainError } from '../domain/errors.ts'
import { inGroups } from './inGroups.ts'
import { type Click, type Kept, keepClicks } from './keepClicks.ts'
import { type LinkBy, linkBy, noOffer } from './linkBy.ts'
import { noWay } from './noWay.ts'
import type { Goer } from './types.ts'

type Going = {
  payload: Payload
  /** The merchant's slug. */
  merchant: string
  /** The id of an offer of this merchant. */
  offer?: string | undefined
  /** A page of the shop; the offer's, or its front page, when absent. */
  url?: string | undefined
  /** Null for a guest. */
  goer: Goer | null
  userAgent: string | null
  /** A robot, or a browser that only prepares; kept without its member, and earns nothing. */
  isBot: boolean
  now: Date
}
type Gone = { clickId: string; url: string }

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The way may change between two statements, but not for ever. */
const TRIES = 4

/**
 * Small letters and digits only, and never longer than the shortest slot of a network: some send
 * back a click's id in other letters, or cut it. 27 of 36 signs are 139 bits: nobody guesses one.
 */
const newClickId = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 27)

/**
 * Keeps a click with the rate that is promised at this moment, and answers where it leads; kept
 * before anybody is sent anywhere. One round trip, which clicks that come at once share, and a second
 * one where the shop's way has changed since the last click.
 *
 * @throws DomainError `click.no-merchant` no such shop, or no network that leads there
 * @throws DomainError `click.no-offer` not an offer of this shop, or not now
 * @throws DomainError `click.not-allowed` the page is not one of the shop
 * @throws DomainError `auth.required` guests may not go, or the session is over
 */
export const goOut = async (going: Going): Promise<Gone> => {
  const { goer, isBot, merchant, now, payload, url, userAgent } = going
  const offer = going.offer ?? null
  if (!SLUG.test(merchant)) throw noWay()
  if (offer !== null && !UUID.test(offer)) throw noOffer()
  const clickId = newClickId()
  const { keep, links } = memoryOf(payload)
  const key = `${merchant} ${offer ?? ''}`
  let link = fromMemory(links.get(key), { clickId, offer, url })
  for (let tries = 0; tries < TRIES; tries += 1) {
    const answer = await keep({ merchant, offer, goer, clickId, link, isBot, userAgent, now })
    if (!answer) links.delete(key)
    if (!answer) throw noWay()
    if (answer.isKept && link) return { clickId, url: link.url }
    if (!answer.way)
      throw new DomainError('auth.required', 'Sign in, so that the cashback is yours.')
    const known = linkBy(payload, answer.way)
    link = { seal: known.seal, url: known.linkTo({ clickId, offer, url }) }
    remember(links, key, known)
  }
  throw new DomainError('request.try-again', 'The shop is being changed. Try again.')
}

/** What refuses a page by memory may be old: null asks the database. */
const fromMemory = (known: LinkBy | undefined, asked: Parameters<LinkBy['linkTo']>[0]) => {
  try {
    return known ? { seal: known.seal, url: known.linkTo(asked) } : null
  } catch {
    return null
  }
}

/** What a process has of its own: how it keeps clicks, and ways as they last were; `keepClicks` tells
 * when one is not so any more. */
type Memory = {
  keep: (click: Click) => Promise<Kept | null>
  links: Map<string, LinkBy>
}

const memoryOf = (payload: Payload): Memory => {
  const memory = MEMORIES.get(payload) ?? {
    keep: inGroups((clicks: readonly Click[]) => keepClicks(payload, clicks)),
    links: new Map<string, LinkBy>(),
  }
  MEMORIES.set(payload, memory)
  return memory
}
const MEMORIES = new WeakMap<Payload, Memory>()
const MOST = 20_000

const remember = (links: Map<string, LinkBy>, key: string, known: LinkBy) => {
  if (links.size >= MOST) links.clear()
  links.set(key, known)
}
