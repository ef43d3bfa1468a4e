import { STRONG_ABOVE } from '../domain/orphanScore.ts'
import type { Database } from '../ledger/transactionOf.ts'
import { cashbackFor } from './cashbackFor.ts'
import { type Candidate, loadCandidates } from './loadCandidates.ts'
import { loadOrphans } from './loadOrphans.ts'
import { orphanIds, orphanSums, type OrphanSums } from './orphanRows.ts'
import { suggest } from './suggest.ts'
import type { Orphan, PendingAssignment, Suggestion } from './types.ts'

export type OrphanRow = {
  sale: Pick<
    Orphan,
    | 'commissionMinor'
    | 'currency'
    | 'eventAt'
    | 'externalId'
    | 'id'
    | 'merchant'
    | 'merchantName'
    | 'network'
    | 'networkName'
    | 'saleMinor'
    | 'status'
  > & { cashbackMinor: number }
  pending: PendingAssignment | null
  suggestions: Suggestion[]
}
export type OrphanList = OrphanSums & { strong: number; rows: OrphanRow[] }

/** The newest of these many are ranked by their matches; older ones follow by age. */
const RANKED = 200
const MOST_SUGGESTIONS = 5

/**
 * Sales without a member, those with the best match first, and how much they come to. `strong`
 * counts, among those that are ranked, the ones whose best match is hardly in doubt. Seven
 * statements at most, however many rows.
 */
export const listOrphans = async (
  db: Database,
  { limit, offset }: { limit: number; offset: number },
): Promise<OrphanList> => {
  const ranked = await rowsOf(db, await orphanIds(db, { limit: RANKED, offset: 0 }))
  ranked.sort((one, other) => bestOf(other) - bestOf(one)) // stable: of equals the newest first
  const page = ranked.slice(offset, offset + limit)
  const isMore = ranked.length === RANKED && page.length < limit
  const older = isMore
    ? await orphanIds(db, { limit: limit - page.length, offset: Math.max(offset, RANKED) })
    : []
  return {
    ...(await orphanSums(db)),
    strong: ranked.filter((row) => bestOf(row) > STRONG_ABOVE).length,
    rows: [...page, ...(await rowsOf(db, older))],
  }
}

const bestOf = ({ suggestions }: OrphanRow): number => suggestions[0]?.score ?? 0

const rowsOf = async (db: Database, ids: string[]): Promise<OrphanRow[]> => {
  const orphans = new Map((await loadOrphans(db, ids)).map((orphan) => [orphan.id, orphan]))
  const candidates = new Map<string, Candidate[]>()
  for (const candidate of await loadCandidates(db, ids)) {
    candidates.set(candidate.sale, [...(candidates.get(candidate.sale) ?? []), candidate])
  }
  return ids.flatMap((id) => {
    const orphan = orphans.get(id)
    return orphan ? [rowOf(orphan, suggest(orphan, candidates.get(id) ?? []))] : []
  })
}

const rowOf = (orphan: Orphan, suggestions: Suggestion[]): OrphanRow => {
  const { commissionMinor, currency, eventAt, externalId, id, merchant, merchantName } = orphan
  const { network, networkName, pending, saleMinor, status } = orphan
  return {
    sale: {
      id,
      network,
      networkName,
      externalId,
      merchant,
      merchantName,
      eventAt: new Date(eventAt).toISOString(),
      status,
      saleMinor,
      commissionMinor,
      cashbackMinor: cashbackFor(orphan),
      currency,
    },
    pending,
    suggestions: suggestions.slice(0, MOST_SUGGESTIONS),
  }
}
