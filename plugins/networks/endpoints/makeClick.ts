import type { Endpoint } from 'payload'

import { goOut } from '../../../src/clicks/goOut.ts'
import { now } from '../../../src/clock.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { bodyOf } from '../../bodyOf.ts'
import { requireMember } from '../../requireMember.ts'

/** `POST /api/clicks` `{merchant, offer?, url?}`: a click of the member, and where to send the browser. */
export const makeClick: Endpoint = {
  path: '/',
  method: 'post',
  handler: async (req) => {
    const member = requireMember(req)
    const { merchant, offer, url } = await bodyOf(req, ['merchant', 'offer', 'url'])
    const gone = await goOut({
      payload: req.payload,
      merchant: textIn('merchant', merchant) ?? '',
      offer: textIn('offer', offer),
      url: textIn('url', url),
      // Payload has just found the session open.
      goer: { member, session: null, mayBeGuest: false },
      userAgent: req.headers.get('user-agent'),
      isBot: false,
      now: now(),
    })
    return Response.json(gone, { status: 201, headers: { 'Cache-Control': 'no-store' } })
  },
}

const textIn = (field: string, value: unknown): string | undefined => {
  if (typeof value === 'string') return value
  const isAbsent = value === undefined || value === null
  if (isAbsent && field !== 'merchant') return undefined
  throw new DomainError('request.malformed-body', 'Send {merchant, offer?, url?} as texts.', {
    field,
  })
}
