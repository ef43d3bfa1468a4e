import type { Request, RequestHandler } from 'express'
import { createLocalReq, type Payload } from 'payload'

import { wasDatabaseAway } from '../../database/noteDatabaseLoss.ts'
import { bearerMatches } from '../../platform/bearerMatches.ts'
import { toHeaders } from './toHeaders.ts'

type Access = 'allowed' | 'forbidden' | 'anonymous' | 'unknown'

const REFUSALS = {
  anonymous: [401, 'auth.required', 'Sign in as an admin, or send the token.'],
  forbidden: [403, 'auth.forbidden', 'Ask an admin to do this.'],
  unknown: [503, 'request.try-again', 'The database does not answer, so you cannot be identified.'],
} as const

/** Admits admins, and requests with the metrics token. The token works without a database too. */
export const requireMonitoring =
  ({ payload, token }: { payload: Payload; token: string | undefined }): RequestHandler =>
  async (request, response, next) => {
    const access = await checkAccess(request, payload, token)
    if (access === 'allowed') {
      next()
      return
    }
    const [status, code, message] = REFUSALS[access]
    if (status === 503) response.set('Retry-After', '5')
    response.status(status).json({ errors: [{ code, message }] })
  }

const checkAccess = async (
  request: Request,
  payload: Payload,
  token: string | undefined,
): Promise<Access> => {
  if (bearerMatches(request.headers.authorization, token)) return 'allowed'
  try {
    const req = await createLocalReq({}, payload)
    const { user } = await payload.auth({ headers: toHeaders(request), req })
    if (wasDatabaseAway(req)) return 'unknown'
    if (user?.collection !== 'users') return 'anonymous'
    return user.role === 'admin' ? 'allowed' : 'forbidden'
  } catch {
    return 'unknown'
  }
}
