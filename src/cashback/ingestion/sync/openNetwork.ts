import type { Payload } from 'payload'

import { holdLock } from '../../../database/holdLock.ts'
import { readDb } from '../../../database/readDb.ts'
import { DomainError } from '../../../domain/errors.ts'
import { decrypt, encrypt } from '../../../platform/encryption.ts'
import { privateHosts } from '../../../platform/outbound/refuseUrl.ts'
import { leavesEnvironmentHost } from '../../networks/baseUrls.ts'
import type { AdmitadTokens } from '../../networks/admitad/tokens.ts'
import { type Adapter, findAdapter, type Wiring } from '../../networks/index.ts'
import type { NetworkEnv } from '../../networks/settings.ts'
import type { Network } from '../../networks/types.ts'
import { acquireRateLimit } from './acquireRateLimit.ts'
import { credentialsContext, networksOptions } from './networksOptions.ts'
import { loadTokens, type NetworkRow, type PostbackNetwork, storeTokens } from '../networkStore.ts'

/**
 * Opens a network for one run, from its row. The row's credentials override the environment's, which
 * are sent to the environment's own host only. Tokens that the network issues are encrypted and stored before they are used. Each request waits
 * for the rate limit.
 *
 * @throws DomainError `network.unknown-adapter` this version has no such adapter
 * @throws DomainError `network.unreadable-credentials` the row's credentials were encrypted with
 *   another key or for another base URL
 * @throws NetworkError `network.refused` the row's settings do not match its adapter
 */
export const openNetwork = (payload: Payload, row: NetworkRow): Network => {
  const adapter = requireAdapter(row.adapter)
  const { encryptionKey, env, wiring } = networksOptions(payload)
  const beforeRequest = (signal: AbortSignal) => {
    const { requestsPerMinute } = network.capabilities
    return acquireRateLimit({ payload, network: row.id, requestsPerMinute }, signal)
  }
  const rateLimitMs = env.NETWORK_RATE_LIMIT_MS
  const network = adapter.open({
    env: { ...bindEnvironment(adapter, env, row), ...openCredentials(row, encryptionKey) },
    settings: row.settings ?? {},
    wiring: {
      beforeRequest,
      rateLimitMs,
      privateHosts: privateHosts(env),
      ...wiring,
      ...openTokenStore(payload, row),
    },
  })
  return network
}

const requireAdapter = (name: string) => {
  const adapter = findAdapter(name)
  if (adapter) return adapter
  throw new DomainError('network.unknown-adapter', `There is no adapter "${name}".`)
}

/** Returns the environment, without its credentials if the row leads to another host than theirs. */
const bindEnvironment = (
  adapter: Adapter,
  env: NetworkEnv,
  { settings }: NetworkRow,
): NetworkEnv =>
  leavesEnvironmentHost(adapter, env, settings)
    ? { ...env, ...Object.fromEntries(adapter.credentials.map((name) => [name, undefined])) }
    : env

const openCredentials = (row: NetworkRow, key: Buffer): object => {
  const { credentials, name } = row
  if (!credentials) return {}
  try {
    return JSON.parse(decrypt(key, credentials, credentialsContext(row))) as object
  } catch {
    const message = `The credentials of "${name}" cannot be decrypted with this ENCRYPTION_KEY for its base URL: enter them again.`
    throw new DomainError('network.unreadable-credentials', message)
  }
}

/**
 * Opens a network to read its postbacks. It needs no credentials, so none are opened.
 *
 * @throws DomainError `network.unknown-adapter` the row is of a version with more adapters
 * @throws NetworkError `network.refused` the row's settings are not those of its adapter
 */
export const openPostbackReader = (
  payload: Pick<Payload, 'config'>,
  { adapter: name, settings }: PostbackNetwork,
): Pick<Network, 'capabilities' | 'readPostback'> => {
  const adapter = requireAdapter(name)
  const { env } = networksOptions(payload)
  return adapter.open({ env, settings: settings ?? {} })
}

type TokenStore = Required<Pick<Wiring, 'exclusively' | 'loadTokens' | 'saveTokens'>>

/**
 * The longest time to wait for the lock: longer than another process takes to renew the tokens,
 * retries included.
 */
const TOKEN_LOCK_WAIT_MS = 120_000

/**
 * Opens the store of a network's tokens: its row, encrypted. One process at a time renews them, under
 * a session lock, so that no database transaction waits for the network.
 */
const openTokenStore = (payload: Payload, row: NetworkRow): TokenStore => {
  const { id } = row
  const { encryptionKey: key } = networksOptions(payload)
  return {
    loadTokens: async () => {
      const db = await readDb({ payload })
      const encrypted = await loadTokens(db, id)
      return encrypted ? openTokens(row, { encrypted, key }) : null
    },
    saveTokens: async (tokens: object) => {
      const db = await readDb({ payload })
      const encrypted = encrypt(key, JSON.stringify(tokens), credentialsContext(row))
      await storeTokens(db, { network: id, encrypted })
    },
    exclusively: async <Value>(work: () => Promise<Value>, signal: AbortSignal): Promise<Value> => {
      const lock = { payload, name: `tokens:${id}`, signal, waitMs: TOKEN_LOCK_WAIT_MS }
      const done = await holdLock(lock, async () => ({ value: await work() }))
      if (!done) throw new Error('another process took too long to renew the tokens')
      return done.value
    },
  }
}

/**
 * Returns null for tokens of another base URL or key: a run that began before the change may have
 * stored them. The network then issues new ones.
 */
const openTokens = (row: NetworkRow, { encrypted, key }: { encrypted: string; key: Buffer }) => {
  try {
    return JSON.parse(decrypt(key, encrypted, credentialsContext(row))) as AdmitadTokens
  } catch {
    return null
  }
}
