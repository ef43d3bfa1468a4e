import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { Batch, Observed, Written } from './types.ts'

/**
 * Keeps the words that nobody knows which a network says of sales that it told of in known ones.
 * All else of them stays as it was told last, so that no money moves: not theirs, nor that of what
 * belongs to their order.
 */
export const keepWords = async (
  db: Database,
  { network, now, observedAt, page }: Batch,
  rows: Observed[],
): Promise<Written[]> => {
  if (rows.length === 0) return []
  const body = rows.map(({ changedAt, comment, contentHash, externalId, rawStatus }) => ({
    changedAt,
    comment,
    contentHash,
    externalId,
    rawStatus,
  }))
  const { rows: written } = await db.execute<Written>(sql`
    update network_transactions t set
      standing_status = coalesce(t.standing_status, t.status::text::enum_network_transactions_standing_status),
      status = 'unknown', raw_status = s."rawStatus", comment = s.comment, changed_at = s."changedAt",
      content_hash = s."contentHash", observed_at = ${observedAt.toISOString()}, page_id = ${page},
      updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(body)}::jsonb) as s ("externalId" text, "rawStatus" text,
      comment text, "changedAt" timestamptz, "contentHash" text)
    where t.network_id = ${network} and t.external_id = s."externalId"
    returning t.id::text as id, t.member_id is null as "isOrphan"`)
  return written
}
