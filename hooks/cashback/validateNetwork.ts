import { type CollectionBeforeValidateHook, ValidationError } from 'payload'

import { findAdapter, ADAPTERS } from '../../src/cashback/networks/index.ts'
import type { Network } from '../../src/payload-types.ts'

/** Refuses a network with an unknown or changed adapter, or with settings that do not fit it. */
export const validateNetwork: CollectionBeforeValidateHook<Network> = ({
  data,
  originalDoc,
  req,
}) => {
  const row = { ...originalDoc, ...data }
  const refuse = (path: string, message: string) =>
    new ValidationError({ errors: [{ path, message }] }, req.t)
  const adapter = findAdapter(row.adapter ?? '')
  if (!adapter) throw refuse('adapter', `One of: ${Object.keys(ADAPTERS).join(', ')}.`)
  if (originalDoc?.id && originalDoc.adapter !== row.adapter) {
    throw refuse(
      'adapter',
      'The adapter cannot change, because transactions depend on it. Create a new network.',
    )
  }
  const settings = adapter.settings.safeParse(row.settings ?? {})
  const [issue] = settings.error?.issues ?? []
  if (issue) throw refuse('settings', `${issue.path.join('.')}: ${issue.message}`)
  return data
}
