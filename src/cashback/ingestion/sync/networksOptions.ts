import type { Payload } from 'payload'

import type { Env } from '../../../config/env.ts'
import { readBaseUrl } from '../../networks/baseUrls.ts'
import type { Wiring } from '../../networks/index.ts'

/** The options for opening a network, beside its row. */
export type NetworksOptions = {
  /** Credentials and addresses of networks without their own. */
  env: Env
  /** The key that opens the credentials of rows. 32 bytes. */
  encryptionKey: Buffer
  /** Replaces the waiting between requests, for tests. */
  wiring?: Pick<Wiring, 'beforeRequest' | 'rateLimitMs' | 'backOff' | 'privateHosts'>
}

/** Returns the plugin's options from the config. */
export const networksOptions = (payload: Pick<Payload, 'config'>): NetworksOptions =>
  payload.config.custom.networks as NetworksOptions

/**
 * Returns the encryption context of a network's credentials and tokens. It ties them to the adapter
 * and to the base URL for which they were entered, so that they cannot be opened for another host.
 */
export const credentialsContext = (network: { adapter: string; settings?: unknown }): string =>
  `network:${network.adapter}:${readBaseUrl(network.settings) ?? 'without a base URL'}`
