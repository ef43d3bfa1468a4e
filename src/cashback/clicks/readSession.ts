import { createHmac, timingSafeEqual } from 'node:crypto'

import { JWT_AUTH_VERSION } from 'payload'

type Session = { member: string; session: string }

/**
 * Reads member and session of a Payload JWT by its signature and expiry alone: as Payload does
 * (`auth/strategies/jwt`), but without loading the user, which takes longer than everything else in
 * a click. The caller checks that the session is still open. Null for any other text and for the
 * JWT of a machine.
 */
export const readSession = ({
  jwt,
  now,
  secret,
}: {
  jwt: string
  now: Date
  secret: string
}): Session | null => {
  const [head = '', body = '', sent = '', ...more] = jwt.split('.')
  const expected = createHmac('sha256', secret).update(`${head}.${body}`).digest()
  const given = Buffer.from(sent, 'base64url')
  if (more.length > 0 || expected.length !== given.length) return null
  if (!timingSafeEqual(expected, given)) return null
  const { alg, authVersion } = parsePart(head)
  if (alg !== 'HS256' || authVersion !== JWT_AUTH_VERSION) return null
  const { collection, exp, id, sid } = parsePart(body)
  const isExpired = typeof exp !== 'number' || exp * 1000 <= now.getTime()
  if (isExpired || collection !== 'users') return null
  return typeof id === 'string' && typeof sid === 'string' ? { member: id, session: sid } : null
}

/** The part is JSON, because we signed it. */
const parsePart = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
