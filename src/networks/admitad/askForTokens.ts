import { z } from 'zod'

import { now } from '../../clock.ts'
import type { AskJson, Request } from '../http/types.ts'
import { NetworkError } from '../NetworkError.ts'
import { addressOf } from '../parts/addressOf.ts'
import type { AdmitadCredentials, AdmitadTokens } from './types.ts'

type Asked = {
  ask: AskJson
  baseUrl: string
  credentials: AdmitadCredentials
  /** Null: for id and secret. */
  refreshToken: string | null
  /** Ends asking with id and secret. A refresh is never broken off: its answer must be kept. */
  signal: AbortSignal
}

const SCOPE = 'statistics advcampaigns_for_website coupons_for_website deeplink_generator'
const USED_UP = 5

/**
 * Asks for an access token. A refresh token that was used before is no way back, so id and secret
 * have to do. A refresh is asked once: what came of one that was not answered nobody knows.
 */
export const askForTokens = async (asked: Asked): Promise<AdmitadTokens> => {
  const { ask, baseUrl, credentials, refreshToken, signal } = asked
  const { clientId, clientSecret } = credentials
  const shared = {
    url: addressOf({ baseUrl, path: '/token/' }),
    read: ({ body }: { body: unknown }) => tokensOf(body),
  } satisfies Partial<Request<AdmitadTokens>>

  if (refreshToken !== null) {
    const client = { client_id: clientId, client_secret: clientSecret }
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, ...client }
    try {
      return await ask({ ...shared, form, tries: 1, signal: new AbortController().signal })
    } catch (error) {
      if (!(error instanceof NetworkError) || error.providerCode !== USED_UP) throw error
    }
  }
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
  return ask({
    ...shared,
    signal,
    headers: { authorization: `Basic ${basic}` },
    form: { grant_type: 'client_credentials', client_id: clientId, scope: SCOPE },
  })
}

const Given = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().positive(),
})

const tokensOf = (body: unknown): AdmitadTokens => {
  const { data } = Given.safeParse(body)
  if (!data) {
    const message = 'admitad gave no access token'
    throw new NetworkError('network.bad-answer', { message, isRetryable: true })
  }
  return {
    accessToken: data.access_token,
    refreshToken: data.refresh_token ?? null,
    expiresAt: new Date(now().getTime() + data.expires_in * 1000).toISOString(),
  }
}
