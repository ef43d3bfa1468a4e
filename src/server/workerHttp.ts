import { createServer } from 'node:http'

import express from 'express'
import type { Payload } from 'payload'

import type { Env } from '../config/env.ts'
import { closeServer } from './closeServer.ts'
import { metricsRoute } from './edge/metricsRoute.ts'
import { pingDatabase } from './edge/pingDatabase.ts'
import { listenFrom } from './listenFrom.ts'
import type { Metrics } from './openMetrics.ts'

type Options = {
  env: Pick<Env, 'HOST' | 'METRICS_TOKEN' | 'TRIBUTARY_MODE' | 'WORKER_PORT'>
  metrics: Metrics
  payload: Payload
  /** False until the worker runs jobs, and again once it stops. */
  isWorking: () => boolean
}

/**
 * A worker's own small server: `/health/live`, `/health/ready`, `/metrics`. Outside production,
 * where several workers share a machine, a port that is taken moves it to the next free one.
 */
export const startWorkerHttp = async ({
  env,
  metrics,
  payload,
  isWorking,
}: Options): Promise<{ port: number; close: () => Promise<void> }> => {
  const app = express()
  app.disable('x-powered-by')
  app.get(['/health', '/health/live'], (_request, response) => {
    response.json({ status: 'ok' })
  })
  app.get('/health/ready', async (_request, response) => {
    const isReady = isWorking() && (await pingDatabase(payload)).ok
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ok' : 'unavailable' })
  })
  app.use(metricsRoute({ metrics, token: env.METRICS_TOKEN }))

  const server = createServer(app)
  const port = await listenFrom(server, {
    host: env.HOST,
    mayMove: env.TRIBUTARY_MODE !== 'production',
    port: env.WORKER_PORT,
  })
  if (env.WORKER_PORT !== 0 && port !== env.WORKER_PORT) {
    payload.logger.warn({
      msg: 'worker port in use, listening on another',
      wanted: env.WORKER_PORT,
      port,
    })
  }
  return { port, close: () => closeServer(server) }
}
