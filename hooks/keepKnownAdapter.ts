import { type CollectionBeforeValidateHook, ValidationError } from 'payload'

import { adapterOf, ADAPTERS } from '../src/networks/index.ts'
import type { Network } from '../src/payload-types.ts'

/** Refuses a network that nobody could open: an adapter that is not there, settings of another form. */
export const keepKnownAdapter: CollectionBeforeValidateHook<Network> = ({
  data,
  originalDoc,
  req,
}) => {
  const row = { ...originalDoc, ...data }
  const refuse = (path: string, message: string) =>
    new ValidationError({ errors: [{ path, message }] }, req.t)
  const adapter = adapterOf(row.adapter ?? '')
  if (!adapter) throw refuse('adapter', `One of: ${Object.keys(ADAPTERS).join(', ')}.`)
  if (originalDoc?.id && originalDoc.adapter !== row.adapter) {
    throw refuse('adapter', 'Make a new network: its sales are told apart by it.')
  }
  const settings = adapter.settings.safeParse(row.settings ?? {})
  const [issue] = settings.error?.issues ?? []
  if (issue) throw refuse('settings', `${issue.path.join('.')}: ${issue.message}`)
  return data
}
