/** What Admitad gives for a client's id and secret, or for a refresh token. */
export type AdmitadTokens = {
  accessToken: string
  /** Works once: its successor comes with the next answer. */
  refreshToken: string | null
  /** ISO 8601, UTC. */
  expiresAt: string
}

export type AdmitadCredentials = {
  clientId: string
  clientSecret: string
  /** Without one, id and secret are enough. */
  refreshToken?: string | undefined
}

/** Where tokens outlive a run, so that every process uses the same. */
export type TokenStore = {
  loadTokens?: (() => Promise<AdmitadTokens | null>) | undefined
  /** Must keep them before it ends: a refresh token that is lost cannot be had again. */
  onTokens?: ((tokens: AdmitadTokens) => Promise<void>) | undefined
  /** Loads, renews and keeps while no other process does: a refresh token works once. */
  alone?: (<Value>(work: () => Promise<Value>, signal: AbortSignal) => Promise<Value>) | undefined
}
