import type { PayloadRequest } from 'payload'

import { DomainError } from '../../../src/domain/errors.ts'
import { bodyOf } from '../../bodyOf.ts'

export type Override = { referrer: string | null; reason: string }

const SHORTEST = 5
const LONGEST = 500
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The override a request asks for.
 *
 * @throws DomainError `audit.reason-required`, `referral.unknown-referrer`, with their field
 */
export const overrideIn = async (req: PayloadRequest): Promise<Override> => {
  const { reason: given, referrer } = await bodyOf(req, ['reason', 'referrer'])
  const reason = typeof given === 'string' ? given.trim() : ''
  if (reason.length < SHORTEST || reason.length > LONGEST) {
    throw new DomainError(
      'audit.reason-required',
      `Give a reason of ${SHORTEST} to ${LONGEST} characters.`,
      { field: 'reason' },
    )
  }
  if (referrer === null) return { referrer, reason }
  if (typeof referrer === 'string' && UUID.test(referrer)) {
    return { referrer: referrer.toLowerCase(), reason }
  }
  throw new DomainError('referral.unknown-referrer', 'Send a member’s id, or null for nobody.', {
    field: 'referrer',
  })
}
