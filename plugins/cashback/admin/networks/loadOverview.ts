import type { Payload, PayloadRequest } from 'payload'

import { registeredJobs } from '../../../../src/platform/jobs/defineJob.ts'
import { now } from '../../../../src/platform/clock.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { findNextRun } from '../../../../src/operations/jobStates.ts'
import { countUnattributedByNetwork } from '../../../../src/cashback/attribution/listUnattributed.ts'
import {
  countUnmappedStatuses,
  type UnmappedStatus,
} from '../../../../src/cashback/ingestion/overview/countUnmappedStatuses.ts'
import {
  type HeldForReview,
  listHeld,
} from '../../../../src/cashback/ingestion/overview/listHeld.ts'
import { countUnmatchedReversals } from '../../../../src/cashback/reconciliation/listUnmatched.ts'
import {
  loadNetworkStates,
  type NetworkState,
} from '../../../../src/cashback/ingestion/overview/loadNetworkStates.ts'
import {
  listRecentRuns,
  type RecentRun,
} from '../../../../src/cashback/ingestion/overview/listRecentRuns.ts'

/** A network with the transactions that need a person. */
export type NetworkFigures = NetworkState & {
  unattributed: number
  /** Reversals that take nothing off any order. */
  unmatchedReversals: number
  /** The statuses that its adapter does not know, the most frequent first. */
  unmappedStatuses: UnmappedStatus[]
}

/** The answer of `GET /api/networks/overview`: how fresh each network is, and the latest runs. */
export type NetworksOverview = {
  /** The time of the figures, in ISO 8601. */
  at: string
  /** The next run of all networks; null without a schedule. */
  nextRunAt: string | null
  networks: NetworkFigures[]
  runs: RecentRun[]
  /** The credits that wait for a second person, oldest first. */
  held: HeldForReview[]
}

type Source = Pick<PayloadRequest, 'payload' | 'transactionID'>

const RUNS = 20

/** Loads the figures of the networks view, for the first page and for each poll. */
export const loadOverview = async (req: Source): Promise<NetworksOverview> => {
  const at = now()
  return {
    at: at.toISOString(),
    nextRunAt: nextRunOfAll(req.payload, at)?.toISOString() ?? null,
    networks: await loadNetworks(req),
    runs: await listRecentRuns(await readDb(req), { limit: RUNS }),
    held: await listHeld(await readDb(req)),
  }
}

export const loadNetworks = async (req: Source): Promise<NetworkFigures[]> => {
  const db = await readDb(req)
  const unattributed = await countUnattributedByNetwork(db)
  const unmatched = await countUnmatchedReversals(db)
  const unmapped = await countUnmappedStatuses(db)
  const states = await loadNetworkStates(db)
  return states.map((state) => ({
    ...state,
    unattributed: unattributed.get(state.id) ?? 0,
    unmatchedReversals: unmatched.get(state.id) ?? 0,
    unmappedStatuses: unmapped.get(state.id) ?? [],
  }))
}

const nextRunOfAll = (payload: Payload, at: Date): Date | null => {
  const job = registeredJobs(payload).find(({ name }) => name === 'sync-networks')
  return job?.schedule ? findNextRun(job.schedule, at) : null
}
