import type { Payload, PayloadRequest } from 'payload'

import { jobsOf } from '../../../jobs/jobsOf.ts'
import { now } from '../../../src/clock.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { nextRunOf } from '../../../src/operations/schedules.ts'
import { orphansByNetwork } from '../../../src/orphans/orphanRows.ts'
import { networkStates, type NetworkState } from '../../../src/sync/overview/networkStates.ts'
import { recentRuns, type RecentRun } from '../../../src/sync/overview/recentRuns.ts'

/** A network with its open sales that belong to nobody. */
export type NetworkFigures = NetworkState & { orphans: number }

/** The answer of `GET /api/networks/overview`: how fresh each network is, and what was read. */
export type NetworksOverview = {
  /** As of when, in ISO 8601. */
  at: string
  /** When all networks are read next; null where no schedule says so. */
  nextRunAt: string | null
  networks: NetworkFigures[]
  runs: RecentRun[]
}

type Source = Pick<PayloadRequest, 'payload' | 'transactionID'>

const RUNS = 20

/** What the desk of networks shows now, for its first sight and for each later one. */
export const loadOverview = async (req: Source): Promise<NetworksOverview> => {
  const at = now()
  return {
    at: at.toISOString(),
    nextRunAt: nextRunOfAll(req.payload, at)?.toISOString() ?? null,
    networks: await loadNetworks(req),
    runs: await recentRuns(await readerOf(req), { limit: RUNS }),
  }
}

export const loadNetworks = async (req: Source): Promise<NetworkFigures[]> => {
  const db = await readerOf(req)
  const orphans = await orphansByNetwork(db)
  const states = await networkStates(db)
  return states.map((state) => ({ ...state, orphans: orphans.get(state.id) ?? 0 }))
}

const nextRunOfAll = (payload: Payload, at: Date): Date | null => {
  const job = jobsOf(payload).find(({ name }) => name === 'sync-networks')
  return job?.schedule ? nextRunOf(job.schedule, at) : null
}
