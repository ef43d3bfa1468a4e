import { now } from '../../clock.ts'
import { stopped } from '../http/failureOf.ts'
import type { AskJson } from '../http/types.ts'
import { unlessAborted } from '../http/unlessAborted.ts'
import { NetworkError } from '../NetworkError.ts'
import { askForTokens } from './askForTokens.ts'
import type { AdmitadCredentials, AdmitadTokens, TokenStore } from './types.ts'

type Options = TokenStore & { ask: AskJson; baseUrl: string; credentials: AdmitadCredentials }

type Wanted = {
  /** An access token that Admitad refused. */
  refused?: string | undefined
  signal: AbortSignal
}

/** Renewed so long before its end, in milliseconds, that a page can still be read with it. */
const EARLY_MS = 5 * 60_000

type Flight = { tokens: Promise<AdmitadTokens>; waiting: number; end: AbortController }

/** By address and client: a refresh token works once, so two must never ask at the same time. */
const inFlight = new Map<string, Flight>()

/**
 * Gives an access token: the one at hand, the one that another process keeps, or a new one, which is
 * kept before anybody uses it. Whoever asks while one is on its way gets that one.
 */
export const openTokens = (options: Options): ((wanted: Wanted) => Promise<string>) => {
  const { baseUrl, credentials } = options
  const key = `${baseUrl} ${credentials.clientId}`
  let atHand: AdmitadTokens | null = null
  const renewed = async ({ refused, signal }: Wanted): Promise<AdmitadTokens> => {
    const flight = inFlight.get(key) ?? takeOff({ key, options, refused })
    flight.waiting += 1
    try {
      return await unlessAborted(flight.tokens, signal)
    } catch (error) {
      if (signal.aborted) throw stopped()
      // Others were told to stop, and this one came too late to keep it going.
      if (!(error instanceof NetworkError) || error.code !== 'network.stopped') throw error
    } finally {
      flight.waiting -= 1
      if (flight.waiting === 0) flight.end.abort()
    }
    return renewed({ refused, signal })
  }
  return async (wanted) => {
    if (wanted.signal.aborted) throw stopped()
    atHand = usable(atHand, wanted.refused) ?? (await renewed(wanted))
    // One that was on its way before the refusal can be the one that was refused.
    if (atHand.accessToken === wanted.refused) atHand = await renewed(wanted)
    return atHand.accessToken
  }
}

type Renewal = { options: Options; refused: string | undefined }

/** Ends when nobody waits any more, so that a process which stops does not go on asking. */
const takeOff = ({ key, ...renewal }: Renewal & { key: string }): Flight => {
  const end = new AbortController()
  const tokens = renew(renewal, end.signal).finally(() => inFlight.delete(key))
  const flight = { tokens, waiting: 0, end }
  inFlight.set(key, flight)
  return flight
}

const renew = ({ options, refused }: Renewal, signal: AbortSignal): Promise<AdmitadTokens> => {
  const work = () => renewAlone({ options, refused }, signal)
  return options.alone ? options.alone(work, signal).catch(unlessOurs) : work()
}

const renewAlone = async ({ options, refused }: Renewal, signal: AbortSignal) => {
  if (signal.aborted) throw stopped() // while it waited for another process
  const { credentials, loadTokens, onTokens } = options
  const kept = (await orUnavailable(loadTokens?.())) ?? null
  const other = usable(kept, refused)
  if (other) return other
  const refreshToken = credentials.refreshToken
    ? (kept?.refreshToken ?? credentials.refreshToken)
    : null
  const tokens = await askForTokens({ ...options, refreshToken, signal })
  await orUnavailable(onTokens?.(tokens))
  return tokens
}

const usable = (tokens: AdmitadTokens | null, refused: string | undefined) => {
  if (tokens === null || tokens.accessToken === refused) return null
  return Date.parse(tokens.expiresAt) - now().getTime() > EARLY_MS ? tokens : null
}

const orUnavailable = async <Value>(keeping: Promise<Value> | undefined) => {
  try {
    return await keeping
  } catch (error) {
    return unlessOurs(error)
  }
}

const unlessOurs = (error: unknown): never => {
  if (error instanceof NetworkError) throw error
  const message = 'the tokens of admitad could not be kept or read'
  throw new NetworkError('network.unavailable', { message, isRetryable: true })
}
