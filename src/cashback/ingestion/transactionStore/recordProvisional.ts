import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../../database/dbIn.ts'
import type { TransactionRow } from '../../networks/types.ts'

/** The report of a postback on a transaction, and its time. */
export type PostbackRow = TransactionRow & { receivedAt: string }

/** Records the latest status that a postback reported, beside the one of the API. */
export const recordProvisionalStatus = async (
  db: Database,
  { network, now }: { network: string; now: Date },
  rows: PostbackRow[],
): Promise<void> => {
  const body = rows.map(({ externalId, receivedAt, status }) => ({
    externalId,
    receivedAt,
    status,
  }))
  await db.execute(sql`
    update network_transactions t set
      provisional_status = p.status::enum_network_transactions_provisional_status,
      provisional_at = p."receivedAt",
      updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(body)}::jsonb)
      as p ("externalId" text, status text, "receivedAt" timestamptz)
    where t.network_id = ${network} and t.external_id = p."externalId"
      and (t.provisional_at is null or t.provisional_at <= p."receivedAt")`)
}

type Accepted = { network: string; now: Date; observedAt: Date; rows: PostbackRow[] }

/**
 * Applies the status and amounts that postbacks reported, if there is no later observation. An
 * amount that a postback leaves out stays. Returns the ids of the changed transactions.
 */
export const applyProvisionalStatus = async (
  db: Database,
  { network, now, observedAt, rows: accepted }: Accepted,
): Promise<string[]> => {
  const body = JSON.stringify(accepted.map((row) => ({ ...row, raw: null })))
  const { rows } = await db.execute<{ id: string }>(sql`
    update network_transactions t set
      status = p.status::enum_network_transactions_status,
      last_known_status = null,
      raw_status = p."rawStatus",
      commission_minor = p."commissionMinor",
      sale_minor = coalesce(p."saleMinor", t.sale_minor),
      observed_at = ${observedAt.toISOString()},
      changed_at = null,
      -- No hash of content: the next report of the API differs from it.
      content_hash = 'postback',
      updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${body}::jsonb) as p ("externalId" text, status text,
      "rawStatus" text, "commissionMinor" bigint, "saleMinor" bigint)
    where t.network_id = ${network} and t.external_id = p."externalId"
      and t.observed_at <= ${observedAt.toISOString()}
    returning t.id::text as id`)
  return rows.map(({ id }) => id)
}
