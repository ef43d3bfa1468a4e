import { parseRetryAfter } from '../../platform/parseRetryAfter.ts'
import type { Outcome } from '../types.ts'

/** How long one exchange may take when no setting changes it. */
const TIMEOUT_MS = 10_000

type Exchange<Answer> = {
  /** The recipient. The provider's text about it is stored and shown, but without this address. */
  to: string
  signal: AbortSignal
  timeoutMs?: number | undefined
  /** Loads the package of the request before the deadline begins: the first import may take seconds. */
  load?: () => Promise<unknown>
  /** One request and its complete response. Must end when the signal aborts. */
  request: (deadline: AbortSignal) => Promise<Answer>
  classify: (answer: Answer) => Outcome
}

/**
 * Makes one request to a provider, within one deadline from the connection to the last byte of the
 * response. Never throws: a response is classified, and anything else is a failure, of which only
 * some certainly did not reach the provider.
 */
export const exchange = async <Answer>(options: Exchange<Answer>): Promise<Outcome> => {
  const { classify, load, request, signal, timeoutMs = TIMEOUT_MS, to } = options
  try {
    await load?.()
  } catch (error) {
    return { kind: 'retry', code: 'not-loaded', detail: String(error).slice(0, MAX_DETAIL_LENGTH) }
  }
  if (signal.aborted) return { kind: 'retry', code: 'stopped', detail: 'not sent' }

  const deadline = new AbortController()
  const stop = () => deadline.abort('stopped')
  const timer = setTimeout(() => deadline.abort('timeout'), timeoutMs)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return removeAddress(classify(await request(deadline.signal)), to)
  } catch (error) {
    return removeAddress(classifyFailure({ error, deadline: deadline.signal }), to)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

const MAX_DETAIL_LENGTH = 200

const removeAddress = (outcome: Outcome, to: string): Outcome => {
  if (outcome.kind === 'accepted') return outcome
  const address = new RegExp(`\\+?${escapeRegExp(to.replace(/^\+/, ''))}`, 'gi')
  const detail = outcome.detail.replaceAll(address, '…').slice(0, MAX_DETAIL_LENGTH)
  return { ...outcome, detail }
}

const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

type Failure = { error: unknown; deadline: AbortSignal }

/**
 * Classifies an exchange without a complete response. Only a failure before the request leaves is
 * retried. After that the outcome is unknown, and sending the message again could deliver it twice.
 * An error that this table does not list counts as after that.
 */
export const classifyFailure = ({ deadline, error }: Failure): Outcome => {
  if (deadline.aborted) {
    return { kind: 'unknown', code: String(deadline.reason), detail: 'no complete reply in time' }
  }
  const chain = listCauses(error)
  const code = chain.map(readCode).findLast(Boolean) ?? 'no-reply'
  const detail = chain.at(-1)?.message ?? ''
  return { kind: chain.some(neverLeft) ? 'retry' : 'unknown', code, detail }
}

/** Error codes of Node, OpenSSL and undici for failures before the first byte of a request. */
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
  const code = readCode(error)
  if (NEVER_LEFT.has(code) || HANDSHAKE.test(code)) return true
  return (
    ('syscall' in error && error.syscall === 'connect') ||
    ('hostname' in error && 'syscall' in error && error.syscall === 'getaddrinfo') ||
    error.message.includes(BEFORE_TLS)
  )
}

const readCode = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : ''

/**
 * The error and its causes, outermost first: `fetch` and axios both wrap errors, and a host with
 * several addresses fails once for each.
 */
const listCauses = (error: unknown): Error[] => {
  if (!isErrorLike(error)) return []
  const several = 'errors' in error && Array.isArray(error.errors) ? error.errors : []
  return [error, ...several.flatMap(listCauses), ...listCauses(error.cause)]
}

/** Errors of another realm, such as Node's own inside a test runner, are not instances of Error. */
const isErrorLike = (value: unknown): value is Error =>
  typeof value === 'object' && value !== null && 'message' in value

/** The meaning of a response that did not accept the message. */
export type Classification = 'opted-out' | 'permanent' | 'retry' | 'unknown'

/** A provider's response, from any client. Header names are lower case. */
export type Answer = { status: number; headers: Record<string, unknown>; body: unknown }

type Refusal = {
  answer: Answer
  code: string
  detail: string
  /** From the provider's own table; absent, the HTTP status decides. */
  classification?: Classification | undefined
}

/** Turns a refusal into an outcome: by the provider's own table, else by the HTTP status. */
export const classifyResponse = ({
  answer,
  classification = classifyStatus(answer.status),
  code,
  detail,
}: Refusal): Outcome => {
  if (classification === 'opted-out') return { kind: 'permanent', code, detail, isOptOut: true }
  if (classification !== 'retry') return { kind: classification, code, detail }
  const afterMs = parseRetryAfter(answer.headers)
  return { kind: 'retry', code, detail, ...(afterMs === null ? {} : { afterMs }) }
}

/**
 * 429 and 503 mean that the request was not processed (SendGrid, Twilio). Any other server error
 * may come after the server accepted the message, and none of the providers has an idempotency key.
 * A 2xx that gets here could not be parsed, so the outcome is unknown.
 */
const BY_STATUS: Record<number, Classification> = { 408: 'unknown', 429: 'retry', 503: 'retry' }

const classifyStatus = (status: number): Classification =>
  BY_STATUS[status] ?? (status >= 300 && status < 500 ? 'permanent' : 'unknown')
