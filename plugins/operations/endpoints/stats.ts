import type { Endpoint } from 'payload'

import { now } from '../../../src/clock.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { operationsStats } from '../../../src/operations/operationsStats.ts'
import { jobsOf } from '../../../jobs/jobsOf.ts'
import { requireWatcher } from '../requireWatcher.ts'

/** `GET /api/v1/queue/stats`: messages, jobs and workers in figures, for admins and monitors. */
export const stats = ({ token }: { token: string | undefined }): Endpoint => ({
  path: '/v1/queue/stats',
  method: 'get',
  handler: async (req) => {
    requireWatcher(req, token)
    const figures = await operationsStats(await readerOf(req), {
      jobs: jobsOf(req.payload),
      now: now(),
    })
    return Response.json(figures, { headers: { 'Cache-Control': 'no-store' } })
  },
})
