import type { CollectionBeforeChangeHook } from 'payload'

import type { User } from '../src/payload-types.ts'

/**
 * A number that is changed is not confirmed any more. Whoever changes both at once has just proved
 * the new one: only the product can, since no request may write `phoneVerifiedAt`.
 */
export const unconfirmPhone: CollectionBeforeChangeHook<User> = ({ data, originalDoc }) => {
  if (!originalDoc || (data.phone ?? null) === (originalDoc.phone ?? null)) return data
  const isProved = (data.phoneVerifiedAt ?? null) !== (originalDoc.phoneVerifiedAt ?? null)
  return isProved ? data : { ...data, phoneVerifiedAt: null }
}
