import type { CollectionBeforeChangeHook } from 'payload'

import type { User } from '../../src/payload-types.ts'

/**
 * Clears the confirmation of an e-mail address that changes, and ends the sessions that were opened
 * with the old one. A write that changes both fields has just confirmed the new address: only the
 * product does so, as no request may write `emailVerifiedAt`. The session that makes the change
 * goes on.
 */
export const unconfirmEmail: CollectionBeforeChangeHook<User> = ({ data, originalDoc, req }) => {
  if (!originalDoc || !data.email || data.email === originalDoc.email) return data
  const isConfirmed = (data.emailVerifiedAt ?? null) !== (originalDoc.emailVerifiedAt ?? null)
  const own = req.user?.collection === 'users' && req.user.id === originalDoc.id ? req.user : null
  const sessions = (originalDoc.sessions ?? []).filter(
    ({ id }) => id === (own as { _sid?: string } | null)?._sid,
  )
  return { ...data, sessions, ...(isConfirmed ? {} : { emailVerifiedAt: null }) }
}
