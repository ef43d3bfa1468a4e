import { createHmac } from 'node:crypto'

import { isSameSecret } from '../../messaging/webhooks/isSameSecret.ts'

type Signed = {
  /** The current secret and, after a change, the one before. An empty secret never matches. */
  secrets: readonly string[]
  content: string | Buffer
  encoding: 'base64' | 'hex'
  signature: string
}

/** Whether one of the secrets made the signature: HMAC-SHA256, compared in constant time. */
export const isSigned = ({ content, encoding, secrets, signature }: Signed): boolean =>
  secrets
    .filter((secret) => secret !== '')
    .map((secret) => createHmac('sha256', secret).update(content).digest(encoding))
    .some((expected) => isSameSecret(expected, signature))

const TOLERANCE_MS = 5 * 60_000
/** Milliseconds since 1970 have 13 digits until the year 2286, seconds have 10. */
const FIRST_MS = 1e12

/** Whether a signed time, in seconds or milliseconds, is at most five minutes away from now. */
export const isRecent = (timestamp: string, now: Date): boolean => {
  if (!/^\d{1,16}$/.test(timestamp)) return false
  const number = Number(timestamp)
  const atMs = number < FIRST_MS ? number * 1000 : number
  return Math.abs(now.getTime() - atMs) <= TOLERANCE_MS
}

/** Parses the body of a webhook; undefined if it is not JSON. */
export const parseBody = (raw: Buffer): unknown => {
  try {
    return JSON.parse(raw.toString()) as unknown
  } catch {
    return undefined
  }
}
