import { sql } from '@payloadcms/db-postgres'
import type { CollectionBeforeDeleteHook } from 'payload'

import { transactionOf } from '../src/ledger/transactionOf.ts'

/** What is about nobody but the person goes with them; the database would refuse it otherwise. */
export const forgetMember: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const db = await transactionOf(req)
  await db.execute(sql`delete from otp_challenges where user_id = ${id}`)
  await db.execute(sql`delete from notification_preferences where user_id = ${id}`)
}
