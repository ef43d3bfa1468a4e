import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'
import type { CodeContact } from '../../messaging/otp/challenge.ts'

export type MethodContact = CodeContact & {
  /** Since when this account has it as a confirmed contact. */
  since: Date
  memberSince: Date
}

/**
 * Loads the contact that confirms a member's methods: the confirmed phone, or for a member without
 * one the confirmed e-mail address. Its age is the later of the confirmation and of its entry in the
 * history of contacts, which no statement can change.
 *
 * @throws DomainError `payout-method.no-contact`
 */
export const loadMethodContact = async (db: Database, member: string): Promise<MethodContact> => {
  const { rows } = await db.execute<{
    kind: 'email' | 'phone'
    value: string
    since: string
    memberSince: string
  }>(sql`
    select c.kind, c.value,
      to_json(greatest(c.confirmed_at, (
        select max(h.created_at) from member_contacts h
        where h.user_id = u.id and h.kind = c.kind and h.value = c.value and h.is_confirmed
      ))) #>> '{}' as since,
      to_json(u.created_at) #>> '{}' as "memberSince"
    from users u
    cross join lateral (values
      ('phone', u.phone, u.phone_verified_at), ('email', u.email, u.email_verified_at)
    ) c (kind, value, confirmed_at)
    where u.id = ${member} and c.value is not null and c.confirmed_at is not null
    order by c.kind = 'phone' desc
    limit 1`)
  const [contact] = rows
  if (contact) {
    const { memberSince, since } = contact
    return { ...contact, since: new Date(since), memberSince: new Date(memberSince) }
  }
  const message = 'Confirm your phone number or your e-mail address first.'
  throw new DomainError('payout-method.no-contact', message)
}
