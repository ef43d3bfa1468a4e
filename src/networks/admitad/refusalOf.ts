import { z } from 'zod'

import { refusalOf as refusalOfHttp } from '../http/refusalOf.ts'
import type { Answer, Refusal } from '../http/types.ts'

/**
 * What Admitad means by an error. More than 600 requests a minute are answered with 503 and code 4,
 * not with 429: https://developers.admitad.com/knowledge-base/article/help-on-api-response-codes_2
 */
export const refusalOf = (answer: Answer): Refusal => {
  const { data } = Problem.safeParse(answer.body)
  const providerCode = data?.error_code ?? null
  const known = providerCode === null ? undefined : KNOWN[providerCode]
  return { ...(known ?? refusalOfHttp(answer)), providerCode }
}

const Problem = z.object({ error_code: z.coerce.number().int() })

const unauthorized = (because: string): Refusal => ({
  code: 'network.unauthorized',
  isRetryable: false,
  because,
})

const KNOWN: Record<number, Refusal> = {
  0: unauthorized('the access token has expired'),
  1: unauthorized('the access token is not valid'),
  2: unauthorized('the client may not read this'),
  3: { code: 'network.refused', isRetryable: false, because: 'a bad request' },
  4: { code: 'network.rate-limited', isRetryable: true, because: 'too many requests' },
  5: unauthorized('the refresh token was used before'),
  6: unauthorized('too many tokens are in use'),
}

/** Codes of a token that another one may replace. */
export const isStaleToken = (providerCode: number | null): boolean =>
  providerCode === 0 || providerCode === 1
