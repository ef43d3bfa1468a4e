export const NETWORKS = ['admitad', 'vcommission', 'cuelinks', 'awin'] as const
export type NetworkName = (typeof NETWORKS)[number]

/**
 * Returns the environment that points every network and the mail provider to the simulator. Proofs
 * with slow networks pass a short `timeoutMs`.
 */
export const settingsFor = (url: string, { timeoutMs = 60_000 } = {}): Record<string, string> => ({
  TRIBUTARY_CLOCK: `${url}/control/clock`,
  NETWORK_TIMEOUT_MS: String(timeoutMs),
  NETWORK_RATE_LIMIT_MS: '300',
  ADMITAD_CLIENT_ID: 'proof',
  ADMITAD_CLIENT_SECRET: 'proof-secret',
  ADMITAD_REFRESH_TOKEN: 'proof-refresh',
  ADMITAD_BASE_URL: `${url}/admitad`,
  VCOMMISSION_API_KEY: 'proof-key',
  VCOMMISSION_BASE_URL: `${url}/vcommission`,
  CUELINKS_API_KEY: 'proof-key',
  CUELINKS_PUBLISHER_ID: '100001',
  CUELINKS_BASE_URL: `${url}/cuelinks`,
  AWIN_TOKEN: 'proof-token',
  AWIN_PUBLISHER_ID: '100001',
  AWIN_BASE_URL: `${url}/awin`,
  SENDGRID_API_KEY: 'SG.proof',
  FROM_EMAIL: 'rewards@proof.test',
  SENDGRID_BASE_URL: `${url}/sendgrid`,
  SENDGRID_PER_SECOND: '10000',
})
