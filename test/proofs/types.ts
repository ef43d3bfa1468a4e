import type { Postgres } from '../../src/server/postgres/startPostgres.ts'

export type ProofContext = {
  postgres: Postgres
  /** The quick form: fewer rounds, or a share that the seed chooses. */
  isQuick: boolean
  /** The seed of all random decisions that the proof controls. */
  seed: number
  say: (line: string) => void
}

/** The result of one check: the guarantee, whether it holds, and what was observed. */
export type Finding = { guarantee: string; holds: boolean; seen: string }

export type Proof = {
  name: string
  /** What the proof shows, in one sentence. */
  claim: string
  /**
   * Runs on the embedded server only. For proofs that do not depend on the version of PostgreSQL.
   */
  isOnEmbeddedOnly?: boolean
  /** Runs by name only, never beside others. For proofs that measure. */
  isByNameOnly?: boolean
  run: (context: ProofContext) => Promise<Finding[]>
}
