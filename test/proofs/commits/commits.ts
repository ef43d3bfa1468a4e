import type { Proof } from '../types.ts'
import { faultyCommits } from './faultyCommits.ts'
import { stoppedServer } from './stoppedServer.ts'

/** Lets commits fail in every way, and stops PostgreSQL under load. */
export const commits: Proof = {
  name: 'commits',
  claim:
    'nothing is answered with success that is not stored, and no process ends when PostgreSQL does',
  isOnEmbeddedOnly: true,
  run: async (context) => {
    const plan = context.isQuick ? { requests: 120, stops: 3 } : { requests: 1_000, stops: 50 }
    return [
      ...(await faultyCommits(context, plan.requests)),
      ...(await stoppedServer(context, plan.stops)),
    ]
  },
}
