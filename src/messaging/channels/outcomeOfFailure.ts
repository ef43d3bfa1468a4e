import type { Outcome } from '../types.ts'

type Failure = { error: unknown; deadline: AbortSignal }

/**
 * Says what an exchange without a complete reply means. Only what fails before the request leaves
 * is worth another try; after that nobody knows whether the message was taken, and sending it again
 * could send it twice. What this table does not know counts as gone.
 */
export const outcomeOfFailure = ({ deadline, error }: Failure): Outcome => {
  if (deadline.aborted) {
    return { kind: 'unknown', code: String(deadline.reason), detail: 'no complete reply in time' }
  }
  const chain = causesOf(error)
  const code = chain.map(codeOf).findLast(Boolean) ?? 'no-reply'
  const detail = chain.at(-1)?.message ?? ''
  return { kind: chain.some(neverLeft) ? 'retry' : 'unknown', code, detail }
}

/** Error codes of Node, OpenSSL and undici for what happens before the first byte of a request. */
const NEVER_LEFT = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPROTO',
  'ERR_MODULE_NOT_FOUND',
  'HOSTNAME_MISMATCH',
  'UND_ERR_CONNECT_TIMEOUT',
])
const HANDSHAKE =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY)_|ERR_TLS_CERT_|ERR_SSL_(WRONG_VERSION|UNSUPPORTED_PROTOCOL|TLSV1_ALERT_PROTOCOL|SSLV3_ALERT_HANDSHAKE|TLSV1_UNRECOGNIZED_NAME))/
const BEFORE_TLS = 'before secure TLS connection was established'

const neverLeft = (error: Error): boolean => {
  const code = codeOf(error)
  if (NEVER_LEFT.has(code) || HANDSHAKE.test(code)) return true
  return (
    ('syscall' in error && error.syscall === 'connect') ||
    ('hostname' in error && 'syscall' in error && error.syscall === 'getaddrinfo') ||
    error.message.includes(BEFORE_TLS)
  )
}

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : ''

/**
 * The error and what it was made from, outermost first: `fetch` and axios both wrap, and a host with
 * several addresses fails once for each.
 */
const causesOf = (error: unknown): Error[] => {
  if (!isErrorLike(error)) return []
  const several = 'errors' in error && Array.isArray(error.errors) ? error.errors : []
  return [error, ...several.flatMap(causesOf), ...causesOf(error.cause)]
}

/** Errors of another realm, such as Node's own inside a test runner, are no instances. */
const isErrorLike = (value: unknown): value is Error =>
  typeof value === 'object' && value !== null && 'message' in value
