import type { Request, RequestHandler } from 'express'
import type { Payload } from 'payload'

import { bearerMatches } from '../../bearerMatches.ts'
import { headersOf } from './headersOf.ts'

type Verdict = 'allowed' | 'forbidden' | 'strange' | 'unknown'

const REFUSALS = {
  strange: [401, 'auth.required', 'Sign in as an admin, or send the token.'],
  forbidden: [403, 'auth.forbidden', 'Ask an admin to do this.'],
  unknown: [503, 'request.try-again', 'The database does not say who you are.'],
} as const

/** Lets through admins, and monitors with the token; the token counts without a database, too. */
export const onlyWatchers =
  ({ payload, token }: { payload: Payload; token: string | undefined }): RequestHandler =>
  async (request, response, next) => {
    const verdict = await judge(request, payload, token)
    if (verdict === 'allowed') {
      next()
      return
    }
    const [status, code, message] = REFUSALS[verdict]
    response.status(status).json({ errors: [{ code, message }] })
  }

const judge = async (
  request: Request,
  payload: Payload,
  token: string | undefined,
): Promise<Verdict> => {
  if (bearerMatches(request.headers.authorization, token)) return 'allowed'
  try {
    const { user } = await payload.auth({ headers: headersOf(request) })
    if (user?.collection !== 'users') return 'strange'
    return user.role === 'admin' ? 'allowed' : 'forbidden'
  } catch {
    return 'unknown'
  }
}
