import type { Endpoint } from 'payload'

import { clickOut } from '../../../../src/cashback/clicks/clickOut.ts'
import { now } from '../../../../src/platform/clock.ts'
import { DomainError } from '../../../../src/domain/errors.ts'
import { readJsonBody } from '../../../http/readBody.ts'
import { requireMember } from '../../../http/requireRole.ts'
import { limitClicks } from './limitClicks.ts'

/**
 * `POST /api/clicks` `{merchant, offer?, url?}`: stores a click and returns its tracking link; 60 a
 * minute for a member.
 */
export const createClick = ({ rateLimitFactor }: { rateLimitFactor: number | null }): Endpoint => ({
  path: '/',
  method: 'post',
  handler: async (req) => {
    const member = requireMember(req)
    await limitClicks(req, { member, factor: rateLimitFactor })
    const { merchant, offer, url } = await readJsonBody(req, ['merchant', 'offer', 'url'])
    const click = await clickOut({
      payload: req.payload,
      merchant: readText('merchant', merchant) ?? '',
      offer: readText('offer', offer),
      url: readText('url', url),
      // Payload has just checked the session.
      clicker: { member, session: null, mayBeGuest: false },
      userAgent: req.headers.get('user-agent'),
      isBot: false,
      now: now(),
    })
    return Response.json(click, { status: 201, headers: { 'Cache-Control': 'no-store' } })
  },
})

const readText = (field: string, value: unknown): string | undefined => {
  if (typeof value === 'string') return value
  const isAbsent = value === undefined || value === null
  if (isAbsent && field !== 'merchant') return undefined
  throw new DomainError('request.malformed-body', 'Send {merchant, offer?, url?} as texts.', {
    field,
  })
}
