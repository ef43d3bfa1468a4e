import type { Payload } from 'payload'

import type { Env } from '../env.ts'
import type { Wiring } from '../networks/index.ts'

/** What opening a network takes beside its row. */
export type NetworksOptions = {
  /** Credentials and addresses of networks that have none of their own. */
  env: Env
  /** Opens credentials of rows. 32 bytes. */
  encryptionKey: Buffer
  /** How long requests wait for one another; as each network wants it unless said. */
  wiring?: Pick<Wiring, 'beforeRequest' | 'rateLimitMs' | 'rest'>
}

/** The plugin's options, as the config carries them. */
export const networksOf = (payload: Pick<Payload, 'config'>): NetworksOptions =>
  payload.config.custom.networks as NetworksOptions
