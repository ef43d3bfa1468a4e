import { randomBytes } from 'node:crypto'

import type { Answer } from '../../../types.ts'
import { jsonAnswer } from '../answers.ts'
import type { NetworkRequest } from '../../types.ts'
import { problem, PROBLEMS } from './problems.ts'

const SEVEN_DAYS = 604_800

/**
 * Admitad's tokens. Any client is known; an access token holds for seven days of the simulator's
 * clock, and a refresh token for one use: a new one comes with every answer.
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
    /** The token of the request stays expired, so that trying it again does not help. */
    expire: (request: NetworkRequest): Answer => {
      expiresAt.set(tokenOf(request), 0)
      return problem(PROBLEMS.expired)
    },
    forget: () => {
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
