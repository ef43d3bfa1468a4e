import {
  type CollectionBeforeValidateHook,
  parseCookies,
  type PayloadRequest,
  ValidationError,
} from 'payload'

import { now } from '../../src/platform/clock.ts'
import { REFERRAL_COOKIE } from '../../src/domain/referrals/referralCookie.ts'
import type { User } from '../../src/payload-types.ts'

/**
 * Turns the `referralCode` of a registration into `referredBy`, which no request can write. Without
 * a code it uses the one that an invite link stored in a cookie. Case and surrounding spaces do not
 * matter. An unknown typed code is refused; an unknown code from a cookie is ignored, because the
 * member cannot correct it.
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
  const referrer = await findReferrer(typed ?? readCookie(req), req)
  if (typed && !referrer) {
    throw new ValidationError(
      { errors: [{ path: 'referralCode', message: 'No member has this invite code.' }] },
      req.t,
    )
  }
  return referrer ? { ...person, referredBy: referrer, referredAt } : person
}

/** Not for a signed-in person: staff who add a member have not followed the member's link. */
const readCookie = (req: PayloadRequest): string | undefined =>
  req.user ? undefined : parseCookies(req.headers).get(REFERRAL_COOKIE)

const findReferrer = async (
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
