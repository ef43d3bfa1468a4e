import { Router, type Request } from 'express'
import type { Payload } from 'payload'

import { bearerMatches } from './bearerMatches.ts'
import { headersOf } from './headersOf.ts'
import { pingDatabase } from './pingDatabase.ts'

/**
 * `/health/live`: the process answers. `/health/ready`: so does its database. Both are open and
 * tell no more. `/api/v1/health` has the details, for admins and for holders of `METRICS_TOKEN`.
 */
export const health = ({ payload, token }: { payload: Payload; token: string | undefined }) => {
  const router = Router()
  const startedAt = Date.now()

  router.get(['/health', '/health/live'], (_request, response) => {
    response.json({ status: 'ok' })
  })

  router.get('/health/ready', async (_request, response) => {
    const { ok } = await pingDatabase(payload)
    response.status(ok ? 200 : 503).json({ status: ok ? 'ok' : 'unavailable' })
  })

  router.get('/api/v1/health', async (request, response) => {
    if (!(await mayLook(request, payload, token))) {
      response.status(401).json({
        errors: [{ code: 'auth.required', message: 'Sign in as an admin, or send the token.' }],
      })
      return
    }
    const database = await pingDatabase(payload)
    response.status(database.ok ? 200 : 503).json({
      status: database.ok ? 'ok' : 'unavailable',
      uptimeSeconds: Math.round((Date.now() - startedAt) / 1000),
      database,
    })
  })

  return router
}

const mayLook = async (request: Request, payload: Payload, token: string | undefined) => {
  if (bearerMatches(request.headers.authorization, token)) return true
  const { user } = await payload.auth({ headers: headersOf(request) })
  return user?.collection === 'users' && user.role === 'admin'
}
