import { randomBytes } from 'node:crypto'

import type { Answer } from '../../../types.ts'
import type { NetworkRequest } from '../../types.ts'
import { jsonAnswer } from '../wire.ts'

const SEVEN_DAYS = 604_800

/**
 * Creates Admitad's token store. It accepts any client. An access token is valid for seven days of
 * the simulator's clock, and a refresh token for one use: every grant issues a new one.
 */
export const createTokens = () => {
  const expiresAt = new Map<string, number>()
  const usedRefreshes = new Set<string>()

  const issue = (now: Date, scope: string): Answer => {
    const token = randomBytes(5).toString('hex')
    expiresAt.set(token, now.getTime() + SEVEN_DAYS * 1000)
    return jsonAnswer(200, {
      username: 'cashback_demo',
      first_name: 'Demo',
      last_name: 'Publisher',
      language: 'en',
      access_token: token,
      token_type: 'bearer',
      expires_in: SEVEN_DAYS,
      refresh_token: `r${randomBytes(5).toString('hex')}`,
      scope,
      group: 'webmaster',
    })
  }

  return {
    /** `POST /token/` */
    grant: ({ form, headers, now }: NetworkRequest): Answer => {
      const scope = form.get('scope') ?? 'statistics'
      const kind = form.get('grant_type')
      if (kind === 'client_credentials')
        return isClient(headers.authorization) ? issue(now, scope) : problem(PROBLEMS.unknown)
      const refresh = form.get('refresh_token')
      if (kind !== 'refresh_token' || !refresh) return problem(PROBLEMS.badRequest)
      if (!form.get('client_id') || !form.get('client_secret')) return problem(PROBLEMS.unknown)
      if (usedRefreshes.has(refresh)) return problem(PROBLEMS.rotated)
      usedRefreshes.add(refresh)
      return issue(now, scope)
    },
    check: (request: NetworkRequest): Answer | null => {
      const until = expiresAt.get(tokenOf(request))
      if (until === undefined) return problem(PROBLEMS.unknown)
      return until > request.now.getTime() ? null : problem(PROBLEMS.expired)
    },
    /** Expires the request's token for good, so that a retry with it fails. */
    expire: (request: NetworkRequest): Answer => {
      expiresAt.set(tokenOf(request), 0)
      return problem(PROBLEMS.expired)
    },
    reset: () => {
      expiresAt.clear()
      usedRefreshes.clear()
    },
  }
}

const tokenOf = ({ headers }: NetworkRequest): string =>
  /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''

const isClient = (authorization = ''): boolean => {
  const [, encoded = ''] = /^Basic (.+)$/i.exec(authorization) ?? []
  return /^.+:.+$/.test(Buffer.from(encoded, 'base64').toString())
}

type Problem = { status: number; error: string; description: string; code: number }

/**
 * Admitad's numbered errors. The numbers and the format are documented, the texts of 0, 4 and 5 are
 * not.
 * https://developers.admitad.com/knowledge-base/article/help-on-api-response-codes_2
 */
export const PROBLEMS = {
  expired: { status: 401, error: 'invalid_token', description: 'Token expired', code: 0 },
  unknown: { status: 401, error: 'invalid_token', description: "Token doesn't exist", code: 1 },
  badRequest: { status: 400, error: 'invalid_request', description: 'Bad request', code: 3 },
  quota: { status: 503, error: 'limit_exceeded', description: 'Requests limit exceeded', code: 4 },
  rotated: {
    status: 400,
    error: 'invalid_grant',
    description: 'Refresh token is unavailable',
    code: 5,
  },
} satisfies Record<string, Problem>

export const problem = ({ code, description, error, status }: Problem): Answer => {
  const body = { error_description: description, error_code: code, error }
  const answer = jsonAnswer(status, body, `${error} (${code})`)
  if (status !== 401) return answer
  const challenge = `Bearer realm="", error="${error}", error_description="${description}"`
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': challenge } }
}
