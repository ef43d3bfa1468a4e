import type { IncomingHttpHeaders } from 'node:http'

import type { Payload } from 'payload'

import { readClickToken } from '../../clicks/clickToken.ts'
import { readSession } from '../../clicks/readSession.ts'
import type { Goer } from '../../clicks/types.ts'
import { DomainError } from '../../domain/errors.ts'

type Asked = {
  payload: Payload
  headers: IncomingHttpHeaders
  /** Of the address. */
  token: unknown
  now: Date
}

/**
 * Who follows a link to a shop: the member of a token, of a JWT, or of the browser's session; null
 * for a guest. Who says outright who they are and is not that is refused: a purchase as a guest
 * would earn them nothing, and nobody would know why. A cookie that is over is just that.
 *
 * @throws DomainError `click.token-refused` forged, from elsewhere, or older than ten minutes
 * @throws DomainError `auth.required` a JWT that is not good
 */
export const goerOf = ({ headers, now, payload, token }: Asked): Goer | null => {
  const { secret } = payload
  if (token !== undefined) {
    const member = typeof token === 'string' ? readClickToken({ secret, now, token }) : null
    if (member) return { member, session: null, mayBeGuest: false }
    throw new DomainError('click.token-refused', 'This link is over. Open the page again.', {
      field: 'token',
    })
  }
  const [, jwt] = /^(?:JWT|Bearer) (.+)$/.exec(headers.authorization ?? '') ?? []
  if (jwt !== undefined) {
    const session = readSession({ jwt, now, secret })
    if (session) return { ...session, mayBeGuest: false }
    throw new DomainError('auth.required', 'Sign in again.')
  }
  const cookie = isByMember(headers, payload.config.csrf) ? cookieIn(payload, headers) : undefined
  const session = cookie === undefined ? null : readSession({ jwt: cookie, now, secret })
  return session && { ...session, mayBeGuest: true }
}

/**
 * Payload takes no cookie from a page of another site. Here following a link is one's own doing,
 * from a mail as well as from a page, so a browser that navigates is believed; what such a page
 * fetches by itself is not.
 */
const isByMember = (headers: IncomingHttpHeaders, origins: string[]): boolean => {
  const { origin } = headers
  if (origin !== undefined) return origins.includes(origin)
  return headers['sec-fetch-site'] !== 'cross-site' || headers['sec-fetch-mode'] === 'navigate'
}

const cookieIn = (
  { config }: Payload,
  { cookie = '' }: IncomingHttpHeaders,
): string | undefined => {
  const start = `${config.cookiePrefix}-token=`
  const found = cookie.split(';').find((pair) => pair.trimStart().startsWith(start))
  return found?.trim().slice(start.length)
}
