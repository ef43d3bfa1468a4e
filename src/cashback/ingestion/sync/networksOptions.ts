import type { Payload } from 'payload'

import type { Env } from '../../../config/env.ts'
import type { Wiring } from '../../networks/index.ts'

/** What opening a network needs beside its row. */
export type NetworksOptions = {
  /** Credentials and addresses of networks that have none of their own. */
  env: Env
  /** Opens credentials of rows. 32 bytes. */
  encryptionKey: Buffer
  /** Replaces how requests wait for one another, as in tests. */
  wiring?: Pick<Wiring, 'beforeRequest' | 'rateLimitMs' | 'backOff'>
}

/** The plugin's options, as the config carries them. */
export const networksOptions = (payload: Pick<Payload, 'config'>): NetworksOptions =>
  payload.config.custom.networks as NetworksOptions

/** The encryption context of a network's credentials: they do not open for another adapter. */
export const credentialsContext = (adapter: string): string => `network:${adapter}`
