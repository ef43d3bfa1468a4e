import { sql } from '@payloadcms/db-postgres'

import { maskEmail, maskPhone } from '../domain/identity.ts'
import type { Database } from '../ledger/transactionOf.ts'
import type { ChannelKind, Lane } from '../messaging/types.ts'

/** A message that nothing is tried for any more, until somebody decides. */
export type DeadLetter = {
  id: string
  lane: Lane
  channel: ChannelKind
  template: string
  /** Masked. */
  to: string
  reason: string | null
  provider: string | null
  attemptCount: number
  /** When it was given up. */
  at: string | null
  /** It held a secret, which is erased: it cannot be tried again. */
  isErased: boolean
}

/** Dead letters, those given up last first, at most `limit`. */
export const listDeadLetters = async (db: Database, limit: number): Promise<DeadLetter[]> => {
  const { rows } = await db.execute<Omit<DeadLetter, 'at'> & { at: Date | string | null }>(sql`
    select id::text, lane::text, channel::text, template, "to", reason, provider,
      attempt_count::int as "attemptCount", final_at as at,
      data is null and secret is null as "isErased"
    from notifications where status = 'dead'
    order by final_at desc nulls last, id desc limit ${limit}`)
  return rows.map((row) => ({
    ...row,
    to: row.channel === 'email' ? maskEmail(row.to) : maskPhone(row.to),
    at: row.at === null ? null : new Date(row.at).toISOString(),
  }))
}
