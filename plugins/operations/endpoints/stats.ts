import type { Endpoint } from 'payload'

import { now } from '../../../src/platform/clock.ts'
import { readDb } from '../../../src/database/readDb.ts'
import { loadOperationsStats } from '../../../src/operations/operationsStats.ts'
import { registeredJobs } from '../../../src/platform/jobs/defineJob.ts'
import { requireMonitoring } from '../requireMonitoring.ts'

/** `GET /api/v1/queue/stats`: figures of messages, jobs and workers, for admins and monitors. */
export const stats = ({ token }: { token: string | undefined }): Endpoint => ({
  path: '/v1/queue/stats',
  method: 'get',
  handler: async (req) => {
    requireMonitoring(req, token)
    const figures = await loadOperationsStats(await readDb(req), {
      jobs: registeredJobs(req.payload),
      now: now(),
    })
    return Response.json(figures, { headers: { 'Cache-Control': 'no-store' } })
  },
})
