import type { CollectionBeforeValidateHook } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import { privateHosts, refuseUrl } from '../../src/platform/outbound/refuseUrl.ts'
import { leavesEnvironmentHost, readBaseUrl } from '../../src/cashback/networks/baseUrls.ts'
import { findAdapter } from '../../src/cashback/networks/index.ts'
import { networksOptions } from '../../src/cashback/ingestion/sync/networksOptions.ts'
import type { Network } from '../../src/payload-types.ts'

/**
 * Asks for a network's credentials again when its base URL changes. Otherwise an editor of the
 * URL could have the stored credentials sent to a host of their own.
 *
 * @throws DomainError `network.host-refused` (field `settings`) the base URL is private or without
 *   TLS in production, or contains a user
 * @throws DomainError `network.credentials-needed` (field `credentials`) the base URL changed, or
 *   leads to another host than the environment's, and no credentials came with it
 */
export const bindCredentialsToHost: CollectionBeforeValidateHook<Network> = ({
  data = {},
  originalDoc,
  req,
}) => {
  const row = { ...originalDoc, ...data }
  const { env } = networksOptions(req.payload)
  const baseUrl = readBaseUrl(row.settings)
  const refusal = baseUrl && refuseUrl(new URL(baseUrlText(row)), privateHosts(env))
  if (refusal) {
    throw new DomainError('network.host-refused', `Base URL: ${refusal}.`, { field: 'settings' })
  }
  const kept = encryptedOf(originalDoc?.credentials)
  const isChanged = baseUrl !== readBaseUrl(originalDoc?.settings)
  if (kept && isChanged && encryptedOf(row.credentials) === kept) throw credentialsNeeded()
  const adapter = findAdapter(row.adapter ?? '')
  // Without credentials anywhere a network still has links, files and postbacks.
  const wouldUseTheirs = adapter?.isConfigured(env) || row.credentials
  if (adapter && wouldUseTheirs && leavesEnvironmentHost(adapter, env, row.settings)) {
    if (!isComplete(row.credentials, adapter.needs)) throw credentialsNeeded()
  }
  return data
}

const baseUrlText = ({ settings }: Partial<Network>): string =>
  String((settings as { baseUrl?: unknown }).baseUrl)

/** Of stored credentials only their presence is known here. */
const isComplete = (credentials: unknown, needs: readonly string[]): boolean => {
  const given = (credentials ?? {}) as Record<string, unknown>
  return encryptedOf(credentials) !== null || needs.every((name) => given[name])
}

/** The stored credentials, which Payload passes on when a request has none. */
const encryptedOf = (credentials: unknown): string | null => {
  const { encrypted } = (credentials ?? {}) as { encrypted?: unknown }
  return typeof encrypted === 'string' ? encrypted : null
}

const credentialsNeeded = () =>
  new DomainError(
    'network.credentials-needed',
    'Enter the credentials for this base URL: those of another host are not sent to it.',
    { field: 'credentials' },
  )
