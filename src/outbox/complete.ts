import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import { storable } from './storable.ts'
import type { Completion } from './types.ts'

/**
 * Writes down how attempts ended, all in one statement, of rows that are still under this token. A
 * worker that slept past its lease changes nothing. A secret is erased once it cannot be sent
 * again. Answers how many were ours.
 */
export const complete = async (
  db: Database,
  { completions, now, token }: { completions: Completion[]; now: Date; token: string },
): Promise<number> => {
  if (completions.length === 0) return 0
  const at = now.toISOString()
  const { rowCount } = await db.execute(sql`
    update notifications n set status = c.status::enum_notifications_status,
      attempts = coalesce(n.attempts, '[]'::jsonb) || c.attempts,
      provider = coalesce(c.provider, n.provider),
      provider_message_id = coalesce(c."providerMessageId", n.provider_message_id),
      next_attempt_at = coalesce(c."nextAttemptAt", n.next_attempt_at), reason = c.reason,
      sent_at = case when c.status = 'sent' then ${at}::timestamptz else n.sent_at end,
      final_at = case when c.status in ('sent', 'dead', 'suppressed') then ${at}::timestamptz end,
      secret = case when c.status in ('sent', 'dead', 'suppressed') then null else n.secret end,
      lease_token = null, lease_until = null, attempt_started_at = null, updated_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(completions, storable)}::jsonb) as c (id uuid, status text,
      attempts jsonb, provider text, "providerMessageId" text, "nextAttemptAt" timestamptz, reason text)
    where n.id = c.id and n.status = 'sending' and n.lease_token = ${token}`)
  return rowCount ?? 0
}
