import type { PayloadRequest } from 'payload'

import { DomainError } from '../../../src/domain/errors.ts'
import { bodyOf } from '../../bodyOf.ts'
import { reasonIn } from '../../reasonIn.ts'

export type Override = { referrer: string | null; reason: string }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The override a request asks for.
 *
 * @throws DomainError `audit.reason-required`, `referral.unknown-referrer`, with their field
 */
export const overrideIn = async (req: PayloadRequest): Promise<Override> => {
  const body = await bodyOf(req, ['reason', 'referrer'])
  const reason = reasonIn(body)
  const { referrer } = body
  if (referrer === null) return { referrer, reason }
  if (typeof referrer === 'string' && UUID.test(referrer)) {
    return { referrer: referrer.toLowerCase(), reason }
  }
  throw new DomainError('referral.unknown-referrer', 'Send a member’s id, or null for nobody.', {
    field: 'referrer',
  })
}
