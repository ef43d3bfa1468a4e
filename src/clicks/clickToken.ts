import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** Long enough for a page that was opened before a decision to buy; short if it gets about. */
const LIFE_MS = 10 * 60_000

type Keyed = { secret: string; now: Date }

/**
 * Stands for a member in a link, where a page cannot send credentials along. It is good for clicks
 * and for nothing else, to any shop; whoever finds one can only earn for its member.
 */
export const makeClickToken = ({ member, now, secret }: Keyed & { member: string }) => {
  const expiresAt = new Date(now.getTime() + LIFE_MS)
  const body = `${member.replaceAll('-', '')}.${Math.floor(expiresAt.getTime() / 1000).toString(36)}`
  return { token: `${body}.${signatureOf(secret, body).toString('base64url')}`, expiresAt }
}

/** The member of a token; null when it is forged, from elsewhere or over. */
export const readClickToken = ({
  now,
  secret,
  token,
}: Keyed & { token: string }): string | null => {
  const [, body = '', id = '', until = '', sent = ''] = FORM.exec(token) ?? []
  const [expected, given] = [signatureOf(secret, body), Buffer.from(sent, 'base64url')]
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null
  if (Number.parseInt(until, 36) * 1000 <= now.getTime()) return null
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const FORM = /^(([0-9a-f]{32})\.([0-9a-z]{1,9}))\.([\w-]{43})$/

const signatureOf = (secret: string, body: string): Buffer =>
  createHmac('sha256', keyOf(secret)).update(body).digest()

/** A key of its own, so that nothing else that is signed with the secret passes for a token. */
const keyOf = (secret: string): Buffer => {
  const known = KEYS.get(secret)
  if (known) return known
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'tributary click tokens', 32))
  KEYS.set(secret, key)
  return key
}
const KEYS = new Map<string, Buffer>()
