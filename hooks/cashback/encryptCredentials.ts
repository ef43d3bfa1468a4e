import { type CollectionBeforeChangeHook, ValidationError } from 'payload'

import { encrypt } from '../../src/platform/encryption.ts'
import { findAdapter } from '../../src/cashback/networks/index.ts'
import type { Network } from '../../src/payload-types.ts'
import {
  credentialsContext,
  networksOptions,
} from '../../src/cashback/ingestion/sync/networksOptions.ts'

/**
 * Encrypts the credentials that were entered, by their names in the environment, such as
 * `{"VCOMMISSION_API_KEY": "…"}`. They are bound to the adapter and the base URL, and no API returns
 * them.
 */
export const encryptCredentials: CollectionBeforeChangeHook<Network> = ({
  data,
  originalDoc,
  req,
}) => {
  const typed: unknown = data.credentials
  if (typeof typed !== 'object' || typed === null || isStored(typed, originalDoc)) return data
  const { adapter = '', settings } = { ...originalDoc, ...data }
  const known = findAdapter(adapter)?.credentials ?? []
  const wrong = Object.entries(typed).find(
    ([name, value]) => !known.some((one) => one === name) || typeof value !== 'string',
  )
  if (wrong) {
    const message = `Give texts named ${known.join(', ')}.`
    throw new ValidationError({ errors: [{ path: 'credentials', message }] }, req.t)
  }
  const { encryptionKey } = networksOptions(req.payload)
  const context = credentialsContext({ adapter, settings })
  const encrypted = encrypt(encryptionKey, JSON.stringify(typed), context)
  return { ...data, credentials: { encrypted } }
}

/** Payload passes the stored credentials on when a request has none. */
const isStored = (typed: object, originalDoc: Partial<Network> | undefined): boolean => {
  const stored = originalDoc?.credentials as { encrypted?: unknown } | null | undefined
  return 'encrypted' in typed && typed.encrypted === stored?.encrypted
}
