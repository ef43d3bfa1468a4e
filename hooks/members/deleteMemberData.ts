import type { CollectionBeforeDeleteHook } from 'payload'

import { dbIn } from '../../src/database/dbIn.ts'
import { deleteChallenges } from '../../src/messaging/otp/challenge.ts'
import { deletePreferences } from '../../src/messaging/outbox/preferences.ts'

/** Deletes the rows that belong to a person alone before the person; foreign keys require it. */
export const deleteMemberData: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const db = await dbIn(req)
  await deleteChallenges(db, id)
  await deletePreferences(db, id)
}
