import type { IncomingHttpHeaders } from 'node:http'

import type { Payload } from 'payload'

import { readClickToken } from '../../cashback/clicks/clickToken.ts'
import { readSession } from '../../cashback/clicks/readSession.ts'
import type { ClickIdentity } from '../../cashback/clicks/storeClicks.ts'
import { DomainError } from '../../domain/errors.ts'

type Options = {
  payload: Payload
  headers: IncomingHttpHeaders
  /** The query parameter of the address. */
  token: unknown
  now: Date
}

/**
 * Finds the member who follows a link to a merchant: by a token, a JWT, or the browser's session;
 * null for a guest. A token or a JWT that is invalid is refused: a purchase as a guest would earn
 * the member nothing, without a reason. A cookie that has expired makes a guest.
 *
 * @throws DomainError `click.token-refused` a token that is forged, or older than ten minutes
 * @throws DomainError `auth.required` a JWT that is invalid or has expired
 */
export const identifyClicker = ({
  headers,
  now,
  payload,
  token,
}: Options): ClickIdentity | null => {
  const { secret } = payload
  if (token !== undefined) {
    const member = typeof token === 'string' ? readClickToken({ secret, now, token }) : null
    if (member) return { member, session: null, mayBeGuest: false }
    throw new DomainError('click.token-refused', 'This link has expired. Open the page again.', {
      field: 'token',
    })
  }
  const [, jwt] = /^(?:JWT|Bearer) (.+)$/.exec(headers.authorization ?? '') ?? []
  if (jwt !== undefined) {
    const session = readSession({ jwt, now, secret })
    if (session) return { ...session, mayBeGuest: false }
    throw new DomainError('auth.required', 'Sign in again.')
  }
  const cookie = isByMember(headers, payload.config.csrf)
    ? readSessionCookie(payload, headers)
    : undefined
  const session = cookie === undefined ? null : readSession({ jwt: cookie, now, secret })
  return session && { ...session, mayBeGuest: true }
}

/**
 * Payload accepts no cookie from a page of another site. Here members follow links themselves, from
 * mails as well as from pages, so a navigation is accepted. A request that another site's page
 * makes by itself is not.
 */
const isByMember = (headers: IncomingHttpHeaders, origins: string[]): boolean => {
  const { origin } = headers
  if (origin !== undefined) return origins.includes(origin)
  return headers['sec-fetch-site'] !== 'cross-site' || headers['sec-fetch-mode'] === 'navigate'
}

const readSessionCookie = (
  { config }: Payload,
  { cookie = '' }: IncomingHttpHeaders,
): string | undefined => {
  const start = `${config.cookiePrefix}-token=`
  const found = cookie.split(';').find((pair) => pair.trimStart().startsWith(start))
  return found?.trim().slice(start.length)
}
