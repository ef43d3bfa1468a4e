import type { LoadedTransaction } from './loadTransactions.ts'

/** What a batch of observations belongs to. Its instants are given: ingestion reads no clock. */
export type Batch = {
  network: string
  /** Null outside a run, as for postbacks. */
  run: string | null
  /** The stored page; null where there is none. */
  page: string | null
  /** When the page was requested, or the postback received. */
  observedAt: Date
  /** Reported by postbacks alone: whatever the API reports replaces it. */
  isProvisional?: boolean
  now: Date
  /** Read again from a stored page: see `replacesOnReplay`. */
  isReplay?: boolean
}

/** A transaction with what was decided about its cashback. Amounts in minor units. */
export type Decided = {
  transaction: LoadedTransaction
  status: NonNullable<LoadedTransaction['event']>['status']
  amountMinor: number
  creditMinor: number
}
