import type { SaleRow } from '../networks/types.ts'
import type { Sale } from './loadSales.ts'

/** What a batch of observations belongs to. Instants as values: nothing here asks for the time. */
export type Batch = {
  network: string
  /** Null outside a run: a postback, a file. */
  run: string | null
  page: string | null
  /** When the network was asked. */
  observedAt: Date
  /** Said by a postback alone: whatever the API says replaces it. */
  isHint?: boolean
  now: Date
  /** A stored page that is read again: see `isReread`. */
  isReplay?: boolean
}

export type Observed = SaleRow & { contentHash: string }

/** A sale that was kept. */
export type Written = { id: string; isOrphan: boolean }

/** A sale with what was decided about it. */
export type Decided = {
  sale: Sale
  status: NonNullable<Sale['event']>['status']
  amountMinor: number
  creditMinor: number
}
