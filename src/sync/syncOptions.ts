import type { Payload } from 'payload'

import type { SalePage } from '../networks/types.ts'
import type { NetworkRow } from './networkRow.ts'
import type { ReducedPage } from './reduceRows.ts'

/** One reading of one network, or of its stored pages. */
export type SyncOptions = {
  payload: Payload
  row: NetworkRow
  /** Instead of what the watermarks say. */
  asked?: { from: Date; to: Date } | undefined
  /** The row of who asked for it. */
  request?: string | null
  signal: AbortSignal
  /** Told of each page once it is kept: what it brought, and itself. */
  onPage?: ((kept: ReducedPage, page: SalePage) => void) | undefined
}
