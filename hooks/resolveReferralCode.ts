import {
  type CollectionBeforeValidateHook,
  parseCookies,
  type PayloadRequest,
  ValidationError,
} from 'payload'

import { now } from '../src/clock.ts'
import { REFERRAL_COOKIE } from '../src/domain/referralCookie.ts'
import type { User } from '../src/payload-types.ts'

/**
 * Turns the `referralCode` of a registration into `referredBy`, which nobody can set or change
 * over the API; without one, the code that an invite link left in a cookie. Codes are compared
 * without case or surrounding spaces. An unknown code that was typed is refused; one from a cookie
 * is forgotten, since nobody can mend it.
 */
export const resolveReferralCode: CollectionBeforeValidateHook<User> = async ({
  data,
  operation,
  req,
}) => {
  if (operation !== 'create' || !data) return data
  const { referralCode, ...person } = data
  const referredAt = now().toISOString()
  if (person.referredBy) return { ...person, referredAt }

  const typed = referralCode?.trim()
  const referrer = await ownerOf(typed ?? cookieOf(req), req)
  if (typed && !referrer) {
    throw new ValidationError(
      { errors: [{ path: 'referralCode', message: 'No member has this invite code.' }] },
      req.t,
    )
  }
  return referrer ? { ...person, referredBy: referrer, referredAt } : person
}

/** A person of the staff who adds a member has not followed the member's link. */
const cookieOf = (req: PayloadRequest): string | undefined =>
  req.user ? undefined : parseCookies(req.headers).get(REFERRAL_COOKIE)

const ownerOf = async (
  code: string | undefined,
  req: PayloadRequest,
): Promise<string | undefined> => {
  if (!code) return undefined
  const { docs } = await req.payload.find({
    collection: 'users',
    where: { inviteCode: { equals: code.toUpperCase() } },
    select: {},
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return docs[0]?.id
}
