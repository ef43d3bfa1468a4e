import type { Endpoint } from 'payload'

import { now } from '../../../src/clock.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { isAlwaysOn } from '../../../src/domain/preferences.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { CATEGORIES, CHANNEL_KINDS } from '../../../src/messaging/types.ts'
import {
  loadPreferences,
  type Preference,
  storePreference,
} from '../../../src/outbox/preferences.ts'
import { bodyOf } from '../../bodyOf.ts'
import { requireMember } from '../../requireMember.ts'

/** `GET /api/notification-preferences/mine`: what the member hears, each category in each channel. */
export const listPreferences: Endpoint = {
  path: '/mine',
  method: 'get',
  handler: async (req) => {
    const preferences = await loadPreferences(await readerOf(req), requireMember(req))
    return Response.json({ preferences })
  },
}

/**
 * `PUT /api/notification-preferences/mine` `{category, channel, isOn}`: the member's own choice. It
 * counts for what is written from then on.
 */
export const setPreference: Endpoint = {
  path: '/mine',
  method: 'put',
  handler: async (req) => {
    const userId = requireMember(req)
    const preference = preferenceIn(await bodyOf(req, ['category', 'channel', 'isOn']))
    await storePreference(await readerOf(req), { ...preference, userId, now: now() })
    return Response.json(preference)
  },
}

const preferenceIn = (body: { [Name in keyof Preference]?: unknown }): Preference => {
  const category = CATEGORIES.find((name) => name === body.category)
  const channel = CHANNEL_KINDS.find((name) => name === body.channel)
  const { isOn } = body
  if (!category) throw malformed('category', `Send one of: ${CATEGORIES.join(', ')}.`)
  if (!channel) throw malformed('channel', `Send one of: ${CHANNEL_KINDS.join(', ')}.`)
  if (typeof isOn !== 'boolean') throw malformed('isOn', 'Send true or false.')
  if (!isOn && isAlwaysOn(category)) {
    const words = 'Codes and warnings about the account are always sent.'
    throw new DomainError('preference.always-on', words, { field: 'category' })
  }
  return { category, channel, isOn }
}

const malformed = (field: string, words: string) =>
  new DomainError('request.malformed-value', words, { field })
