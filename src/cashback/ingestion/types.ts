import type { LoadedTransaction } from './loadTransactions.ts'

/** The context of a batch of observations. All times are passed in: ingestion reads no clock. */
export type Batch = {
  networkId: string
  /** Null for postbacks, which have no run. */
  runId: string | null
  /** Null if no page is stored. */
  pageId: string | null
  /** The time at which the page was requested or the postback was received. */
  observedAt: Date
  /** True for postbacks: any report of the API replaces what they reported. */
  isProvisional?: boolean
  now: Date
  /** True if a stored page is replayed: see `replacesOnReplay`. */
  isReplay?: boolean
}

/** A transaction with the decision about its cashback. Amounts in minor units. */
export type Decided = {
  transaction: LoadedTransaction
  status: NonNullable<LoadedTransaction['event']>['status']
  amountMinor: number
  creditMinor: number
}
