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
 * `{"VCOMMISSION_API_KEY": "…"}`. They are bound to the adapter, and no API returns them.
 */
export const encryptCredentials: CollectionBeforeChangeHook<Network> = ({
  data,
  originalDoc,
  req,
}) => {
  const typed: unknown = data.credentials
  if (typeof typed !== 'object' || typed === null || 'encrypted' in typed) return data
  const adapter = data.adapter ?? originalDoc?.adapter ?? ''
  const known = findAdapter(adapter)?.credentials ?? []
  const wrong = Object.entries(typed).find(
    ([name, value]) => !known.some((one) => one === name) || typeof value !== 'string',
  )
  if (wrong) {
    const message = `Give texts named ${known.join(', ')}.`
    throw new ValidationError({ errors: [{ path: 'credentials', message }] }, req.t)
  }
  const { encryptionKey } = networksOptions(req.payload)
  const encrypted = encrypt(encryptionKey, JSON.stringify(typed), credentialsContext(adapter))
  return { ...data, credentials: { encrypted } }
}
