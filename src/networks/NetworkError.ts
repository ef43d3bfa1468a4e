import type { NetworkErrorCode } from './types.ts'

type Failure = {
  /** In our own words: what a network says can quote what it was sent, keys included. */
  message: string
  isRetryable?: boolean
  /** How long the network wants to be left alone, in milliseconds. */
  afterMs?: number | null
  /** The number that the network gives this kind of failure. */
  providerCode?: number | null
}

/** The only error that leaves `src/networks`. Its message has no credential and no query string. */
export class NetworkError extends Error {
  readonly code: NetworkErrorCode
  /** Whether the same request may succeed later without anybody's doing. */
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
