import type { Endpoint } from 'payload'

import { now } from '../../../src/clock.ts'
import { inTransaction } from '../../../src/ledger/inTransaction.ts'
import { requestRun } from '../../../src/operations/requestRun.ts'
import { notFound } from '../../notFound.ts'
import { requireAdmin } from '../../requireAdmin.ts'
import { jobsOf } from '../../../jobs/jobsOf.ts'

/** `POST /api/v1/queue/jobs/:name/run`: an admin asks for a run now; a worker starts it. */
export const runJob: Endpoint = {
  path: '/v1/queue/jobs/:name/run',
  method: 'post',
  handler: async (req) => {
    requireAdmin(req)
    const job = jobsOf(req.payload).find(({ name }) => name === req.routeParams?.name)
    if (!job) throw notFound()
    const id = await inTransaction(req, () => requestRun({ req, job: job.name, now: now() }))
    return Response.json({ id, job: job.name, status: 'requested' }, { status: 202 })
  },
}
