import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import type { MethodStatus } from './methodStore.ts'

/** Another member with the same account. */
export type SharedWith = {
  member: string
  name: string | null
  email: string
  /** Their method with this account. */
  method: string
  status: MethodStatus
}

/**
 * Finds the other members that have, or had, the account of each method: for the people who approve
 * withdrawals. One statement, however many methods; a method that no one shares is missing in the
 * result. Removed methods count: removing one does not make an account forgotten.
 */
export const findShared = async (
  db: Database,
  methods: readonly string[],
): Promise<Map<string, SharedWith[]>> => {
  if (methods.length === 0) return new Map()
  const { rows } = await db.execute<SharedWith & { of: string }>(sql`
    select distinct on (own.id, other.member_id)
      own.id::text as of,
      other.member_id::text as member,
      u.name,
      u.email,
      other.id::text as method,
      other.status::text
    from payout_methods own
    join payout_methods other on other.fingerprint = own.fingerprint
      and other.member_id <> own.member_id
    join users u on u.id = other.member_id
    where own.id = any (
      array(select jsonb_array_elements_text(${JSON.stringify(methods)}::jsonb)::uuid))
    order by own.id, other.member_id, other.status::text = 'removed', other.created_at desc`)
  const shared = new Map<string, SharedWith[]>()
  for (const { of, ...other } of rows) shared.set(of, [...(shared.get(of) ?? []), other])
  return shared
}
