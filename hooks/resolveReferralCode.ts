import { type CollectionBeforeValidateHook, ValidationError } from 'payload'

import { now } from '../src/clock.ts'
import type { User } from '../src/payload-types.ts'

/**
 * Turns the `referralCode` of a registration into `referredBy`, which nobody can set or change
 * over the API. Codes are compared without case or surrounding spaces.
 */
export const resolveReferralCode: CollectionBeforeValidateHook<User> = async ({
  data,
  operation,
  req,
}) => {
  if (operation !== 'create' || !data) return data
  const { referralCode, ...person } = data
  if (!referralCode) {
    return person.referredBy ? { ...person, referredAt: now().toISOString() } : person
  }
  const { docs } = await req.payload.find({
    collection: 'users',
    where: { inviteCode: { equals: referralCode.trim().toUpperCase() } },
    select: {},
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
    req,
  })
  const [referrer] = docs
  if (!referrer) {
    throw new ValidationError(
      { errors: [{ path: 'referralCode', message: 'No member has this invite code.' }] },
      req.t,
    )
  }
  return { ...person, referredBy: referrer.id, referredAt: now().toISOString() }
}
