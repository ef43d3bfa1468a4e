import type { Postgres } from '../server/postgres/startPostgres.ts'

export type ProofContext = {
  postgres: Postgres
  /** Fewer rounds, the same guarantees. */
  isQuick: boolean
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
  run: (context: ProofContext) => Promise<Finding[]>
}
