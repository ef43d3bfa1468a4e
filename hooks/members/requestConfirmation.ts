import type { CollectionAfterChangeHook } from 'payload'

import { type ConfirmLink, startEmailChange } from '../../src/members/emailChanges.ts'
import type { User } from '../../src/payload-types.ts'
import { now } from '../../src/platform/clock.ts'

/** Sends a new member the link that confirms the address, in the transaction of the registration. */
export const requestConfirmation =
  (link: ConfirmLink): CollectionAfterChangeHook<User> =>
  async ({ doc, operation, req }) => {
    const isRegistration = operation === 'create' && req.payloadAPI !== 'local'
    if (!isRegistration || doc.role !== 'member' || doc.emailVerifiedAt) return doc
    await startEmailChange(req, { user: doc, email: doc.email, link, now: now() })
    return doc
  }
