import type { Endpoint } from 'payload'

import { now } from '../../../src/platform/clock.ts'
import { inTransaction } from '../../../src/database/inTransaction.ts'
import { requestRun } from '../../../src/operations/requestRun.ts'
import { notFound } from '../../http/notFound.ts'
import { requireAdmin } from '../../http/requireRole.ts'
import { registeredJobs } from '../../../src/platform/jobs/defineJob.ts'

/** `POST /api/v1/queue/jobs/:name/run`: an admin requests a run; a worker starts it. */
export const runJob: Endpoint = {
  path: '/v1/queue/jobs/:name/run',
  method: 'post',
  handler: async (req) => {
    requireAdmin(req)
    const job = registeredJobs(req.payload).find(({ name }) => name === req.routeParams?.name)
    if (!job) throw notFound()
    const id = await inTransaction(req, () => requestRun({ req, job: job.name, now: now() }))
    return Response.json({ id, job: job.name, status: 'requested' }, { status: 202 })
  },
}
