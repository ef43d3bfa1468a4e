import { NetworkError } from '../NetworkError.ts'

type Failed = {
  error: unknown
  host: string
  /** Why we gave up ourselves, if we did. */
  gaveUp: 'stopped' | 'timeout' | null
  /** Whether an answer had begun. */
  hasBegun: boolean
}

/**
 * Says what an exchange without a complete answer means. Only the error's code is told on: messages
 * of Node and undici can hold whole addresses.
 */
export const failureOf = ({ error, gaveUp, hasBegun, host }: Failed): NetworkError => {
  if (error instanceof NetworkError) return error
  if (gaveUp === 'stopped') return stopped()
  const code = codeOf(error)
  if (gaveUp === 'timeout' || TIMEOUTS.has(code)) {
    const message = `${host} gave no complete answer in time`
    return new NetworkError('network.timeout', { message, isRetryable: true })
  }
  return hasBegun
    ? new NetworkError('network.bad-answer', {
        message: `${host} broke off its answer${inBrackets(code)}`,
        isRetryable: true,
      })
    : new NetworkError('network.unavailable', {
        message: `${host} could not be reached${inBrackets(code)}`,
        isRetryable: true,
      })
}

/** The end of a run that was told to stop. */
export const stopped = (): NetworkError =>
  new NetworkError('network.stopped', { message: 'told to stop' })

/** Those of undici; ours is the deadline. */
const TIMEOUTS = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])

/** The innermost code, such as ECONNREFUSED: fetch wraps what went wrong. */
const codeOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return ''
  const within = 'cause' in error ? codeOf(error.cause) : ''
  if (within) return within
  return 'code' in error && typeof error.code === 'string' && /^\w{1,40}$/.test(error.code)
    ? error.code
    : ''
}

const inBrackets = (code: string): string => (code ? ` (${code})` : '')
