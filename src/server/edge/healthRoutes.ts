import { type RequestHandler, Router } from 'express'
import type { Payload } from 'payload'

import { now } from '../../platform/clock.ts'
import { readDb } from '../../database/readDb.ts'
import { checkQueueHealth, type QueueHealth } from '../../operations/queueHealth.ts'
import { requireMonitoring } from './requireMonitoring.ts'
import { pingDatabase } from './pingDatabase.ts'

/**
 * `/health/live`: the process responds. `/health/ready`: its database responds too. Both are public
 * and give no details. `/api/v1/health` has the details, `/queue` and `/database` below it one part
 * each; they are for admins and for holders of `METRICS_TOKEN`. An unhealthy part answers 503.
 */
export const healthRoutes = ({
  payload,
  token,
}: {
  payload: Payload
  token: string | undefined
}) => {
  const router = Router()
  const startedAt = Date.now()
  const monitoring = requireMonitoring({ payload, token })

  router.get(['/health', '/health/live'], (_request, response) => {
    response.json({ status: 'ok' })
  })
  router.get('/health/ready', async (_request, response) => {
    const { ok } = await pingDatabase(payload)
    response.status(ok ? 200 : 503).json({ status: ok ? 'ok' : 'unavailable' })
  })

  router.get(
    '/api/v1/health',
    monitoring,
    answerHealth(async () => {
      const database = await pingDatabase(payload)
      const queue = database.ok ? await readQueueHealth(payload) : null
      const uptimeSeconds = Math.round((Date.now() - startedAt) / 1000)
      return { ok: database.ok && queue?.ok === true, uptimeSeconds, database, queue }
    }),
  )
  router.get(
    '/api/v1/health/database',
    monitoring,
    answerHealth(() => pingDatabase(payload)),
  )
  router.get(
    '/api/v1/health/queue',
    monitoring,
    answerHealth(
      async () => (await readQueueHealth(payload)) ?? { ok: false, problems: ['no-database'] },
    ),
  )
  return router
}

const answerHealth =
  (look: () => Promise<{ ok: boolean }>): RequestHandler =>
  async (_request, response) => {
    const { ok, ...details } = await look()
    response.status(ok ? 200 : 503).set('Cache-Control', 'no-store')
    response.json({ status: ok ? 'ok' : 'unavailable', ...details })
  }

/** Null when the database does not respond. */
const readQueueHealth = async (payload: Payload): Promise<QueueHealth | null> => {
  try {
    return await checkQueueHealth(await readDb({ payload }), now())
  } catch {
    return null // reported as unavailable: a health check itself never fails
  }
}
