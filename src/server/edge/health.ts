import { type RequestHandler, Router } from 'express'
import type { Payload } from 'payload'

import { now } from '../../clock.ts'
import { readerOf } from '../../ledger/readerOf.ts'
import { queueHealth, type QueueHealth } from '../../operations/queueHealth.ts'
import { onlyWatchers } from './onlyWatchers.ts'
import { pingDatabase } from './pingDatabase.ts'

/**
 * `/health/live`: the process answers. `/health/ready`: so does its database. Both are open and
 * tell no more. `/api/v1/health` has the details, `/queue` and `/database` below it one of them
 * each, for admins and for holders of `METRICS_TOKEN`; what is unhealthy answers 503.
 */
export const health = ({ payload, token }: { payload: Payload; token: string | undefined }) => {
  const router = Router()
  const startedAt = Date.now()
  const watchers = onlyWatchers({ payload, token })

  router.get(['/health', '/health/live'], (_request, response) => {
    response.json({ status: 'ok' })
  })
  router.get('/health/ready', async (_request, response) => {
    const { ok } = await pingDatabase(payload)
    response.status(ok ? 200 : 503).json({ status: ok ? 'ok' : 'unavailable' })
  })

  router.get(
    '/api/v1/health',
    watchers,
    tell(async () => {
      const database = await pingDatabase(payload)
      const queue = database.ok ? await lookAtQueue(payload) : null
      const uptimeSeconds = Math.round((Date.now() - startedAt) / 1000)
      return { ok: database.ok && queue?.ok === true, uptimeSeconds, database, queue }
    }),
  )
  router.get(
    '/api/v1/health/database',
    watchers,
    tell(() => pingDatabase(payload)),
  )
  router.get(
    '/api/v1/health/queue',
    watchers,
    tell(async () => (await lookAtQueue(payload)) ?? { ok: false, problems: ['no-database'] }),
  )
  return router
}

const tell =
  (look: () => Promise<{ ok: boolean }>): RequestHandler =>
  async (_request, response) => {
    const { ok, ...details } = await look()
    response.status(ok ? 200 : 503).set('Cache-Control', 'no-store')
    response.json({ status: ok ? 'ok' : 'unavailable', ...details })
  }

/** Null when the database does not say. */
const lookAtQueue = async (payload: Payload): Promise<QueueHealth | null> => {
  try {
    return await queueHealth(await readerOf({ payload }), now())
  } catch {
    return null // told as unavailable: a health check never fails by itself
  }
}
