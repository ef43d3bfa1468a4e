import { NetworkError } from '../NetworkError.ts'

/** An answer that is not in the form of a page: asked for again, and never taken as an empty one. */
export const badAnswer = (adapter: string): NetworkError =>
  new NetworkError('network.bad-answer', {
    message: `${adapter} answered what is no page of sales`,
    isRetryable: true,
  })
