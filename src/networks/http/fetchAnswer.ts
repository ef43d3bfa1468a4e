import { NetworkError } from '../NetworkError.ts'
import { failureOf } from './failureOf.ts'
import { readBody } from './readBody.ts'
import type { Answer } from './types.ts'

type Exchange = {
  url: URL
  headers: Record<string, string>
  form?: Record<string, string> | undefined
  signal: AbortSignal
  timeoutMs: number
}

/**
 * One request and its complete answer within one deadline, from the connection to the last byte, so
 * that an answer which comes byte by byte does not hold a run. Throws only `NetworkError`.
 */
export const fetchAnswer = async (exchange: Exchange): Promise<Answer> => {
  const { signal, timeoutMs, url } = exchange
  const deadline = new AbortController()
  let gaveUp: 'stopped' | 'timeout' | null = null
  const giveUp = (reason: 'stopped' | 'timeout') => {
    gaveUp ??= reason
    deadline.abort()
  }
  const stop = () => giveUp('stopped')
  const timer = setTimeout(() => giveUp('timeout'), timeoutMs)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  let hasBegun = false
  try {
    const response = await follow(exchange, deadline.signal)
    hasBegun = true
    const { headers, status } = response
    return { status, headers: Object.fromEntries(headers), body: parsed(await readBody(response)) }
  } catch (error) {
    throw failureOf({ error, gaveUp, hasBegun, host: url.host })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

const MOST_REDIRECTS = 5

/** Follows redirects of a GET on the same host only: credentials travel in headers. */
const follow = async (exchange: Exchange, signal: AbortSignal): Promise<Response> => {
  const { form, headers } = exchange
  let { url } = exchange
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const response = await fetch(url, {
      headers,
      signal,
      redirect: 'manual',
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) return response
    await response.body?.cancel()
    const next = URL.canParse(location, url) ? new URL(location, url) : null
    if (form || next?.host !== url.host || next.protocol !== url.protocol) break
    url = next
  }
  throw new NetworkError('network.bad-answer', {
    message: `${exchange.url.host} redirects where it is not followed`,
  })
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
