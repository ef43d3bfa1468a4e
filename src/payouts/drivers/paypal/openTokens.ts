import { once } from 'node:events'

import { z } from 'zod'

import { now } from '../../../platform/clock.ts'
import { parseRetryAfter } from '../../../platform/parseRetryAfter.ts'
import type { Exchanged } from '../exchange.ts'

/** A token, or why there is none; then nothing was sent with it. */
export type FoundToken =
  | { kind: 'not-sent'; code: string; detail: string; afterMs: number | null }
  | { kind: 'token'; token: string }

/** PayPal's tokens last about nine hours. One is renewed so long before it expires. */
const EARLY_MS = 5 * 60_000

/**
 * Opens the access tokens of an account. A token is kept until shortly before it expires. Concurrent
 * callers share one request, which goes on if one of them stops waiting. `forget` discards a token
 * that PayPal refused.
 */
export const openTokens = (requestToken: () => Promise<Exchanged>) => {
  let current: { token: string; endsMs: number } | null = null
  let pending: Promise<FoundToken> | null = null

  const renew = async (): Promise<FoundToken> => {
    const exchanged = await requestToken()
    if (exchanged.kind !== 'answer') return { afterMs: null, ...exchanged, kind: 'not-sent' }
    const { body, headers, status } = exchanged.answer
    const { data } = TokenResponse.safeParse(body)
    if (status !== 200 || !data) {
      const detail = 'PayPal issued no access token'
      return {
        kind: 'not-sent',
        code: `token-${status}`,
        detail,
        afterMs: parseRetryAfter(headers),
      }
    }
    current = {
      token: data.access_token,
      endsMs: now().getTime() + data.expires_in * 1000 - EARLY_MS,
    }
    return { kind: 'token', token: current.token }
  }
  return {
    find: async (signal: AbortSignal): Promise<FoundToken> => {
      if (current && current.endsMs > now().getTime()) {
        return { kind: 'token', token: current.token }
      }
      if (signal.aborted) return STOPPED
      pending ??= renew().finally(() => {
        pending = null
      })
      return waitFor(pending, signal)
    },
    forget: (token: string): void => {
      if (current?.token === token) current = null
    },
  }
}

const STOPPED: FoundToken = { kind: 'not-sent', code: 'stopped', detail: 'not sent', afterMs: null }

const TokenResponse = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
})

const waitFor = async (found: Promise<FoundToken>, signal: AbortSignal): Promise<FoundToken> => {
  const done = new AbortController()
  const aborted = once(signal, 'abort', { signal: done.signal }).then(
    () => STOPPED,
    () => STOPPED,
  )
  try {
    return await Promise.race([found, aborted])
  } finally {
    done.abort()
  }
}
