import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

/**
 * Says, committed before a provider is called, that these rows are about to be sent, and prolongs
 * their lease. Answers those that are still ours: of the others somebody else decides.
 */
export const begin = async (
  db: Database,
  { ids, leaseMs, token }: { ids: string[]; leaseMs: number; token: string },
): Promise<Set<string>> => {
  const { rows } = await db.execute<{ id: string }>(sql`
    update notifications set attempt_started_at = clock_timestamp(), attempt_count = attempt_count + 1,
      lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    where id in (${sql.join(
      ids.map((id) => sql`${id}::uuid`),
      sql`, `,
    )}) and status = 'sending' and lease_token = ${token} and lease_until > clock_timestamp()
    returning id`)
  return new Set(rows.map(({ id }) => id))
}
