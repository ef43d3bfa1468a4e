import { z } from 'zod'

import { now } from '../../../platform/clock.ts'
import { raceAbort } from '../http/backOff.ts'
import type { Request, RequestJson } from '../http/types.ts'
import { NetworkError, stoppedError } from '../NetworkError.ts'
import { buildUrl } from '../parts/urls.ts'

type Options = TokenStore & {
  requestJson: RequestJson
  baseUrl: string
  credentials: AdmitadCredentials
}

type TokenRequest = {
  /** An access token that Admitad refused. */
  refused?: string | undefined
  signal: AbortSignal
}

/**
 * A token is renewed so many milliseconds before it expires, so that a page can still be read with
 * it.
 */
const EARLY_MS = 5 * 60_000

type SharedRenewal = { tokens: Promise<AdmitadTokens>; waiting: number; end: AbortController }

/**
 * By URL and client. A refresh token works once, so one process never sends two renewals at a time.
 */
const renewals = new Map<string, SharedRenewal>()

/**
 * Opens the tokens of an account. The function that it returns resolves to an access token: the
 * current one, one that another process stored, or a new one, which is stored before it is used.
 * Concurrent callers share one renewal.
 *
 * @throws NetworkError `network.unavailable` the store failed; `network.stopped` the signal aborted
 */
export const openTokens = (options: Options): ((request: TokenRequest) => Promise<string>) => {
  const { baseUrl, credentials } = options
  const key = `${baseUrl} ${credentials.clientId}`
  let current: AdmitadTokens | null = null
  const awaitRenewal = async ({ refused, signal }: TokenRequest): Promise<AdmitadTokens> => {
    const renewal = renewals.get(key) ?? startRenewal({ key, options, refused })
    renewal.waiting += 1
    try {
      return await raceAbort(renewal.tokens, signal)
    } catch (error) {
      if (signal.aborted) throw stoppedError()
      // All other callers stopped, and this one joined too late to keep the renewal alive.
      if (!(error instanceof NetworkError) || error.code !== 'network.stopped') throw error
    } finally {
      renewal.waiting -= 1
      if (renewal.waiting === 0) renewal.end.abort()
    }
    return awaitRenewal({ refused, signal })
  }
  return async (request) => {
    if (request.signal.aborted) throw stoppedError()
    current = ifUsable(current, request.refused) ?? (await awaitRenewal(request))
    // A renewal that began before the refusal may have returned the refused token.
    if (current.accessToken === request.refused) current = await awaitRenewal(request)
    return current.accessToken
  }
}

type Renewal = { options: Options; refused: string | undefined }

/** Starts a renewal. It is aborted when its last caller stops, so that a process can end. */
const startRenewal = ({ key, ...input }: Renewal & { key: string }): SharedRenewal => {
  const end = new AbortController()
  const tokens = renew(input, end.signal).finally(() => renewals.delete(key))
  const renewal = { tokens, waiting: 0, end }
  renewals.set(key, renewal)
  return renewal
}

const renew = ({ options, refused }: Renewal, signal: AbortSignal): Promise<AdmitadTokens> => {
  const work = () => renewLocked({ options, refused }, signal)
  return options.exclusively ? options.exclusively(work, signal).catch(throwStoreError) : work()
}

const renewLocked = async ({ options, refused }: Renewal, signal: AbortSignal) => {
  if (signal.aborted) throw stoppedError() // while it waited for the lock
  const { credentials, loadTokens, saveTokens } = options
  const stored = (await callStore(loadTokens?.())) ?? null
  const usable = ifUsable(stored, refused)
  if (usable) return usable
  const refreshToken = credentials.refreshToken
    ? (stored?.refreshToken ?? credentials.refreshToken)
    : null
  const tokens = await requestTokens({ ...options, refreshToken, signal })
  await callStore(saveTokens?.(tokens))
  return tokens
}

const ifUsable = (tokens: AdmitadTokens | null, refused: string | undefined) => {
  if (tokens === null || tokens.accessToken === refused) return null
  return Date.parse(tokens.expiresAt) - now().getTime() > EARLY_MS ? tokens : null
}

const callStore = async <Value>(call: Promise<Value> | undefined) => {
  try {
    return await call
  } catch (error) {
    return throwStoreError(error)
  }
}

const throwStoreError = (error: unknown): never => {
  if (error instanceof NetworkError) throw error
  const message = 'the tokens of Admitad could not be stored or loaded'
  throw new NetworkError('network.unavailable', { message, isRetryable: true })
}

type Grant = {
  requestJson: RequestJson
  baseUrl: string
  credentials: AdmitadCredentials
  /** Null: use the client's id and secret. */
  refreshToken: string | null
  /**
   * Aborts a request with id and secret. A refresh is never aborted: its response must be stored.
   */
  signal: AbortSignal
}

const SCOPE = 'statistics advcampaigns_for_website coupons_for_website deeplink_generator'
const REFRESH_TOKEN_USED = 5

/**
 * Requests an access token. If the refresh token was used before, it requests one with id and
 * secret instead. A refresh is tried once: without a response, it is unknown whether the token was
 * used.
 */
const requestTokens = async (grant: Grant): Promise<AdmitadTokens> => {
  const { baseUrl, credentials, refreshToken, requestJson, signal } = grant
  const { clientId, clientSecret } = credentials
  const shared = {
    url: buildUrl({ baseUrl, path: '/token/' }),
    read: ({ body }: { body: unknown }) => parseTokens(body),
  } satisfies Partial<Request<AdmitadTokens>>

  if (refreshToken !== null) {
    const client = { client_id: clientId, client_secret: clientSecret }
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, ...client }
    try {
      return await requestJson({ ...shared, form, tries: 1, signal: new AbortController().signal })
    } catch (error) {
      if (!(error instanceof NetworkError) || error.providerCode !== REFRESH_TOKEN_USED) throw error
    }
  }
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
  return requestJson({
    ...shared,
    signal,
    headers: { authorization: `Basic ${basic}` },
    form: { grant_type: 'client_credentials', client_id: clientId, scope: SCOPE },
  })
}

const TokenResponse = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().positive(),
})

const parseTokens = (body: unknown): AdmitadTokens => {
  const { data } = TokenResponse.safeParse(body)
  if (!data) {
    const message = 'Admitad sent no access token'
    throw new NetworkError('network.bad-answer', { message, isRetryable: true })
  }
  return {
    accessToken: data.access_token,
    refreshToken: data.refresh_token ?? null,
    expiresAt: new Date(now().getTime() + data.expires_in * 1000).toISOString(),
  }
}

/** The tokens that Admitad issues for a client's id and secret, or for a refresh token. */
export type AdmitadTokens = {
  accessToken: string
  /** Works once: the response to it contains its successor. */
  refreshToken: string | null
  /** ISO 8601, UTC. */
  expiresAt: string
}

export type AdmitadCredentials = {
  clientId: string
  clientSecret: string
  /** Optional: id and secret are enough. */
  refreshToken?: string | undefined
}

/** Stores tokens beyond a run, so that all processes use the same ones. */
export type TokenStore = {
  loadTokens?: (() => Promise<AdmitadTokens | null>) | undefined
  /** Must have stored the tokens when it resolves: a lost refresh token cannot be recovered. */
  saveTokens?: ((tokens: AdmitadTokens) => Promise<void>) | undefined
  /** Runs the work while no other process does: a refresh token works once. */
  exclusively?:
    (<Value>(work: () => Promise<Value>, signal: AbortSignal) => Promise<Value>) | undefined
}
