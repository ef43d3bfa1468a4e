import { type BeforeDocumentControlsServerProps, createLocalReq } from 'payload'

import { isFinance } from '../../../../collections/access.ts'
import { ResolveRow } from './ResolveRow.tsx'

/**
 * The button on an open quarantined row; null on a resolved one, or for users who may not resolve.
 * The endpoint checks it again.
 */
export const ResolveControls = async ({ id, payload, user }: BeforeDocumentControlsServerProps) => {
  if (id === undefined || !user || !isFinance({ user })) return null
  const found = await payload.findByID({
    collection: 'quarantined-rows',
    id,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
    user,
    req: await createLocalReq({ user }, payload),
  })
  return found && !found.resolvedAt ? <ResolveRow id={found.id} /> : null
}
