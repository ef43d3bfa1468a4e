import type { Endpoint } from 'payload'

import { now } from '../../../src/platform/clock.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { isAlwaysOn } from '../../../src/domain/messaging/preferences.ts'
import { readDb } from '../../../src/database/readDb.ts'
import { CATEGORIES, CHANNEL_KINDS } from '../../../src/messaging/types.ts'
import {
  loadPreferences,
  type Preference,
  storePreference,
} from '../../../src/messaging/outbox/preferences.ts'
import { readJsonBody } from '../../http/readBody.ts'
import { requireMember } from '../../http/requireRole.ts'

/** `GET /api/notification-preferences/mine`: the member's preferences by category and channel. */
export const listPreferences: Endpoint = {
  path: '/mine',
  method: 'get',
  handler: async (req) => {
    const preferences = await loadPreferences(await readDb(req), requireMember(req))
    return Response.json({ preferences })
  },
}

/**
 * `PUT /api/notification-preferences/mine` `{category, channel, isOn}`: sets one preference of the
 * member. It applies to messages that are queued from then on.
 */
export const setPreference: Endpoint = {
  path: '/mine',
  method: 'put',
  handler: async (req) => {
    const userId = requireMember(req)
    const preference = readPreference(await readJsonBody(req, ['category', 'channel', 'isOn']))
    await storePreference(await readDb(req), { ...preference, userId, now: now() })
    return Response.json(preference)
  },
}

const readPreference = (body: { [Name in keyof Preference]?: unknown }): Preference => {
  const category = CATEGORIES.find((name) => name === body.category)
  const channel = CHANNEL_KINDS.find((name) => name === body.channel)
  const { isOn } = body
  if (!category) throw malformed('category', `Send one of: ${CATEGORIES.join(', ')}.`)
  if (!channel) throw malformed('channel', `Send one of: ${CHANNEL_KINDS.join(', ')}.`)
  if (typeof isOn !== 'boolean') throw malformed('isOn', 'Send true or false.')
  if (!isOn && isAlwaysOn(category)) {
    const message = 'Codes and warnings about the account are always sent.'
    throw new DomainError('preference.always-on', message, { field: 'category' })
  }
  return { category, channel, isOn }
}

const malformed = (field: string, message: string) =>
  new DomainError('request.malformed-value', message, { field })
