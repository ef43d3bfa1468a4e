import { parseRetryAfter } from '../../../platform/parseRetryAfter.ts'
import type { NetworkResponse, Refusal } from './types.ts'

/**
 * Classifies a status other than 2xx as HTTP defines it (RFC 9110). An adapter with another meaning
 * has its own function.
 */
export const classifyRefusal = ({ headers, status }: NetworkResponse): Refusal => {
  const afterMs = parseRetryAfter(headers)
  if (status === 401 || status === 403) return { code: 'network.unauthorized', isRetryable: false }
  if (status === 408) return { code: 'network.timeout', isRetryable: true, afterMs }
  if (status === 429) return { code: 'network.rate-limited', isRetryable: true, afterMs }
  if (status >= 500) return { code: 'network.unavailable', isRetryable: true, afterMs }
  if (status < 400) return { code: 'network.bad-answer', isRetryable: false }
  return { code: 'network.refused', isRetryable: false }
}
