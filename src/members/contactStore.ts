import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { dbIn } from '../database/dbIn.ts'
import { toMailboxKey } from '../domain/members/mailboxKey.ts'
import { toPhoneKey } from '../domain/members/phoneKey.ts'

export type Contact = { kind: 'email' | 'phone'; value: string; isConfirmed: boolean }

/**
 * Adds addresses and numbers to the history of an account, in the caller's transaction. Each has a
 * row with its comparison key, and a second one once it is confirmed. The rows are never changed,
 * and are deleted only with their account: self-referral is decided by all of them.
 */
export const recordContacts = async (
  req: PayloadRequest,
  { contacts, now, userId }: { userId: string; contacts: Contact[]; now: Date },
): Promise<void> => {
  if (contacts.length === 0) return
  const rows = contacts.map(({ isConfirmed, kind, value }) => {
    const key = kind === 'email' ? toMailboxKey(value) : toPhoneKey(value)
    return sql`(${userId}, ${kind}, ${value}, ${key}, ${isConfirmed}, ${now.toISOString()})`
  })
  const db = await dbIn(req)
  await db.execute(sql`
    insert into member_contacts (user_id, kind, value, key, is_confirmed, created_at)
    values ${sql.join(rows, sql`, `)}
    on conflict do nothing`)
}
