import type { NetworkErrorCode } from './types.ts'

type Failure = {
  /** Written by us: a network's own text may quote the request, credentials included. */
  message: string
  isRetryable?: boolean
  /** The time to back off that the network requests, in milliseconds. */
  afterMs?: number | null
  /** The network's own error number. */
  providerCode?: number | null
}

/**
 * The only error that `src/cashback/networks` throws. Its message contains no credentials and no
 * query string.
 */
export class NetworkError extends Error {
  readonly code: NetworkErrorCode
  /** Whether the same request may succeed later without a change. */
  readonly isRetryable: boolean
  readonly afterMs: number | null
  readonly providerCode: number | null

  constructor(code: NetworkErrorCode, failure: Failure) {
    super(failure.message)
    this.name = 'NetworkError'
    this.code = code
    this.isRetryable = failure.isRetryable ?? false
    this.afterMs = failure.afterMs ?? null
    this.providerCode = failure.providerCode ?? null
  }
}

/** The error of a run that was stopped. */
export const stoppedError = (): NetworkError =>
  new NetworkError('network.stopped', { message: 'the run was stopped' })
