import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { toJson } from '../../database/toJson.ts'
import { findImplausible, type Implausible } from '../../domain/cashback/plausibility.ts'
import type { RejectedRow, TransactionRow } from '../networks/types.ts'

type Sorted = { rows: TransactionRow[]; rejected: RejectedRow[] }
type Place = { networkId: string; now: Date }

/**
 * Separates rows that cannot be true (`findImplausible`) from the others. They are quarantined with
 * their code, and the others of their page are ingested.
 */
export const rejectImplausible = async (
  db: Database,
  place: Place,
  rows: TransactionRow[],
): Promise<Sorted> => {
  const problems = await findProblems(db, place, rows)
  const sorted: Sorted = { rows: [], rejected: [] }
  for (const [at, row] of rows.entries()) {
    const problem = problems[at]
    if (problem) sorted.rejected.push({ raw: row.raw ?? row, ...problem })
    else sorted.rows.push(row)
  }
  return sorted
}

/** Finds the problem of each row, in their order; null if it is plausible. Three queries at most. */
export const findProblems = async (
  db: Database,
  { networkId, now }: Place,
  rows: TransactionRow[],
): Promise<(Implausible | null)[]> => {
  if (rows.length === 0) return []
  const [settings] = (
    await db.execute<{ paysAboveSale: boolean }>(sql`
      select coalesce(pays_above_sale, false) as "paysAboveSale"
      from networks where id = ${networkId}`)
  ).rows
  const largest = (
    await db.execute<{ currency: string; largest: string }>(sql`
      select currency, largest_minor as largest from cashback_config_largest_amounts`)
  ).rows.map(({ currency, largest: minor }) => ({ currency, largestMinor: Number(minor) }))
  const clicks = await loadClickTimes(db, networkId, rows)
  return rows.map((row) =>
    findImplausible(row, {
      now,
      clickAt: clicks.get(row.subId?.toLowerCase() ?? '') ?? null,
      largest,
      paysAboveSale: settings?.paysAboveSale ?? false,
    }),
  )
}

/** The times of the clicks that rows name, by their lower-case ids. */
const loadClickTimes = async (
  db: Database,
  network: string,
  rows: TransactionRow[],
): Promise<Map<string, string>> => {
  const ids = [...new Set(rows.flatMap(({ subId }) => (subId ? [subId.toLowerCase()] : [])))]
  if (ids.length === 0) return new Map()
  const { rows: clicks } = await db.execute<{ clickId: string; at: string }>(sql`
    select click_id as "clickId", to_json(created_at) #>> '{}' as at
    from clicks
    where network_id = ${network}
      and click_id in (select jsonb_array_elements_text(${toJson(ids)}::jsonb))`)
  return new Map(clicks.map(({ at, clickId }) => [clickId, at]))
}
