import { type RequestHandler, Router } from 'express'

import { bearerMatches } from '../../platform/bearerMatches.ts'
import type { Metrics } from '../openMetrics.ts'

/**
 * `/metrics` in Prometheus' format, for holders of `METRICS_TOKEN`. Without that setting it is
 * closed.
 */
export const metricsRoute = ({
  metrics,
  token,
}: {
  metrics: Metrics
  token: string | undefined
}): RequestHandler => {
  const router = Router()
  router.get('/metrics', async (request, response) => {
    if (!bearerMatches(request.headers.authorization, token)) {
      response.status(401).set('WWW-Authenticate', 'Bearer')
      response.json({ errors: [{ code: 'auth.required', message: 'Send the token.' }] })
      return
    }
    response.set('Content-Type', metrics.contentType).send(await metrics.read())
  })
  return router
}
