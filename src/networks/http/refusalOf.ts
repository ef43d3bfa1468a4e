import { waitOf } from '../../waitOf.ts'
import type { Answer, Refusal } from './types.ts'

/** What HTTP itself says of a status (RFC 9110); networks that mean something else have a table. */
export const refusalOf = ({ headers, status }: Answer): Refusal => {
  const afterMs = waitOf(headers)
  if (status === 401 || status === 403) return { code: 'network.unauthorized', isRetryable: false }
  if (status === 408) return { code: 'network.timeout', isRetryable: true, afterMs }
  if (status === 429) return { code: 'network.rate-limited', isRetryable: true, afterMs }
  if (status >= 500) return { code: 'network.unavailable', isRetryable: true, afterMs }
  if (status < 400) return { code: 'network.bad-answer', isRetryable: false }
  return { code: 'network.refused', isRetryable: false }
}
