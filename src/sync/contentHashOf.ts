import { createHash } from 'node:crypto'

import type { SaleRow } from '../networks/types.ts'

/**
 * A digest of what matters of a sale: two observations with one digest say the same. When it was
 * said is no part of it.
 */
export const contentHashOf = (row: SaleRow): string => {
  const said = { ...row, changedAt: null, raw: null }
  const sorted = Object.entries(said).sort(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url')
}
