import { type CollectionBeforeChangeHook, ValidationError } from 'payload'

import { encrypt } from '../src/encryption.ts'
import { adapterOf } from '../src/networks/index.ts'
import type { Network } from '../src/payload-types.ts'
import { credentialsOf } from '../src/sync/credentialsOf.ts'
import { networksOf } from '../src/sync/networksOf.ts'

/**
 * Encrypts what was typed as credentials: the names of the environment, such as
 * `{"VCOMMISSION_API_KEY": "…"}`. They are sealed for this row alone, and nobody reads them again.
 */
export const sealCredentials: CollectionBeforeChangeHook<Network> = ({
  data,
  originalDoc,
  req,
}) => {
  const typed: unknown = data.credentials
  if (typeof typed !== 'object' || typed === null || 'sealed' in typed) return data
  const adapter = data.adapter ?? originalDoc?.adapter ?? ''
  const known = adapterOf(adapter)?.credentials ?? []
  const wrong = Object.entries(typed).find(
    ([name, value]) => !known.some((one) => one === name) || typeof value !== 'string',
  )
  if (wrong) {
    const message = `Texts named ${known.join(', ')}.`
    throw new ValidationError({ errors: [{ path: 'credentials', message }] }, req.t)
  }
  const { encryptionKey } = networksOf(req.payload)
  const sealed = encrypt(encryptionKey, JSON.stringify(typed), credentialsOf(adapter))
  return { ...data, credentials: { sealed } }
}
