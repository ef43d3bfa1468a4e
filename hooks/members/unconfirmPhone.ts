import type { CollectionBeforeChangeHook } from 'payload'

import type { User } from '../../src/payload-types.ts'

/**
 * Clears the confirmation of a phone number that changes. A write that changes both fields has just
 * confirmed the new number: only the product does so, as no request may write `phoneVerifiedAt`.
 */
export const unconfirmPhone: CollectionBeforeChangeHook<User> = ({ data, originalDoc }) => {
  if (!originalDoc || (data.phone ?? null) === (originalDoc.phone ?? null)) return data
  const isConfirmed = (data.phoneVerifiedAt ?? null) !== (originalDoc.phoneVerifiedAt ?? null)
  return isConfirmed ? data : { ...data, phoneVerifiedAt: null }
}
