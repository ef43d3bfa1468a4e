import type { Postgres } from '../../src/server/postgres/startPostgres.ts'

export type ProofContext = {
  postgres: Postgres
  /** Fewer rounds, or a part that the seed chooses. */
  isQuick: boolean
  /** Decides all that is left to chance, as far as the proof can. */
  seed: number
  say: (line: string) => void
}

/** One thing that was seen to hold, or not. */
export type Finding = { guarantee: string; holds: boolean; seen: string }

export type Proof = {
  name: string
  /** What is proven, in one sentence. */
  claim: string
  /** For proofs of our own logic, which a second server would only repeat. */
  isOnEmbeddedOnly?: boolean
  /** For proofs of which only the full form is run on both servers. */
  isQuickOnEmbedded?: boolean
  /** For proofs that measure: they are run by name alone, never beside others. */
  isByNameOnly?: boolean
  run: (context: ProofContext) => Promise<Finding[]>
}
