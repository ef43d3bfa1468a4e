import type { Payload } from 'payload'

import { DomainError } from '../domain/errors.ts'
import { decrypt } from '../encryption.ts'
import { adapterOf } from '../networks/index.ts'
import type { Network } from '../networks/types.ts'
import { awaitTurn } from './awaitTurn.ts'
import { credentialsOf } from './credentialsOf.ts'
import type { NetworkRow } from './networkRow.ts'
import { networksOf } from './networksOf.ts'
import { tokenStore } from './tokenStore.ts'

/**
 * A network as its row says, for one run. Credentials of the row win over the environment's; tokens
 * that it hands out are kept, sealed, before they are used. Each request waits for its turn.
 *
 * @throws DomainError `network.unknown-adapter` a row of a version that had more
 * @throws DomainError `network.sealed` the row's credentials were sealed with another key
 * @throws NetworkError `network.refused` the row's settings are not those of its adapter
 */
export const openNetwork = (payload: Payload, row: NetworkRow): Network => {
  const adapter = adapterOf(row.adapter)
  if (!adapter) {
    throw new DomainError('network.unknown-adapter', `There is no adapter "${row.adapter}".`)
  }
  const { encryptionKey, env, wiring } = networksOf(payload)
  const beforeRequest = (signal: AbortSignal) => {
    const { requestsPerMinute } = network.capabilities
    return awaitTurn({ payload, network: row.id, requestsPerMinute }, signal)
  }
  const rateLimitMs = env.NETWORK_RATE_LIMIT_MS
  const network = adapter.open({
    env: { ...env, ...ownCredentials(row, encryptionKey) },
    settings: row.settings ?? {},
    wiring: { beforeRequest, rateLimitMs, ...wiring, ...tokenStore(payload, row) },
  })
  return network
}

const ownCredentials = ({ adapter, credentials, name }: NetworkRow, key: Buffer): object => {
  if (!credentials) return {}
  try {
    return JSON.parse(decrypt(key, credentials, credentialsOf(adapter))) as object
  } catch {
    const message = `The credentials of "${name}" do not open with this ENCRYPTION_KEY: enter them again.`
    throw new DomainError('network.sealed', message)
  }
}
