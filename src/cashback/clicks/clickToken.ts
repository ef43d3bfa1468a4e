import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** Long enough to open a page and decide to buy; short if the token leaks. */
const LIFE_MS = 10 * 60_000

type Keyed = { secret: string; now: Date }

/**
 * Creates a token that identifies a member in a link, where a page cannot send credentials. It is
 * valid for ten minutes, and only for clicks to merchants. A person who finds one can only earn
 * cashback for its member.
 */
export const makeClickToken = ({ member, now, secret }: Keyed & { member: string }) => {
  const expiresAt = new Date(now.getTime() + LIFE_MS)
  const body = `${member.replaceAll('-', '')}.${Math.floor(expiresAt.getTime() / 1000).toString(36)}`
  return { token: `${body}.${sign(secret, body).toString('base64url')}`, expiresAt }
}

/** Reads the member of a token; null if it is forged, malformed or expired. */
export const readClickToken = ({
  now,
  secret,
  token,
}: Keyed & { token: string }): string | null => {
  const [, body = '', id = '', until = '', sent = ''] = FORM.exec(token) ?? []
  const [expected, given] = [sign(secret, body), Buffer.from(sent, 'base64url')]
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null
  if (Number.parseInt(until, 36) * 1000 <= now.getTime()) return null
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const FORM = /^(([0-9a-f]{32})\.([0-9a-z]{1,9}))\.([\w-]{43})$/

const sign = (secret: string, body: string): Buffer =>
  createHmac('sha256', deriveKey(secret)).update(body).digest()

/** A key of its own, so that no other text signed with the secret is accepted as a token. */
const deriveKey = (secret: string): Buffer => {
  const known = KEYS.get(secret)
  if (known) return known
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'tributary click tokens', 32))
  KEYS.set(secret, key)
  return key
}
const KEYS = new Map<string, Buffer>()
