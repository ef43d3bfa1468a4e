import { sql } from '@payloadcms/db-postgres'

import type { SaleStatus } from '../domain/sale.ts'
import type { Database } from '../ledger/transactionOf.ts'
import type { SaleRow } from '../networks/types.ts'
import { keepSales } from './keepSales.ts'
import type { Batch } from './types.ts'

/** What a postback said of a sale, and when. */
export type Hint = SaleRow & { receivedAt: string }

/**
 * Keeps what postbacks say of sales, beside what is known of them. A sale that nobody knew becomes
 * one that is pending, whatever was said, so that its member sees that it was tracked; of a word
 * that nobody knows, not even that. Answers the ids of sales that are new,
 * and of those that these may touch.
 */
export const keepHints = async (
  db: Database,
  batch: Omit<Batch, 'isHint'>,
  hints: Hint[],
): Promise<string[]> => {
  const known = await knownOf(db, batch.network, hints)
  const fresh = hints.filter(({ externalId }) => !known.has(externalId)).map(unproven)
  const { ids, touched } = await keepSales(db, { ...batch, isHint: true }, fresh)
  await note(db, batch, hints)
  return [...ids, ...touched]
}

const unproven = (hint: Hint): SaleRow => {
  const status: SaleStatus = hint.status === 'unknown' ? 'unknown' : 'pending'
  return { ...hint, status }
}

const knownOf = async (db: Database, network: string, hints: Hint[]): Promise<Set<string>> => {
  const ids = JSON.stringify(hints.map(({ externalId }) => externalId))
  const { rows } = await db.execute<{ externalId: string }>(sql`
    select external_id as "externalId" from network_transactions where network_id = ${network}
      and external_id in (select jsonb_array_elements_text(${ids}::jsonb))`)
  return new Set(rows.map(({ externalId }) => externalId))
}

const note = async (
  db: Database,
  { network, now }: Pick<Batch, 'network' | 'now'>,
  hints: Hint[],
): Promise<void> => {
  const said = hints.map(({ externalId, receivedAt, status }) => ({
    externalId,
    receivedAt,
    status,
  }))
  await db.execute(sql`
    update network_transactions t set hint_status = h.status::enum_network_transactions_hint_status,
      hint_at = h."receivedAt", updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(said)}::jsonb)
      as h ("externalId" text, status text, "receivedAt" timestamptz)
    where t.network_id = ${network} and t.external_id = h."externalId"
      and (t.hint_at is null or t.hint_at <= h."receivedAt")`)
}
