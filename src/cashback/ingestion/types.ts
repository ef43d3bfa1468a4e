import type { LoadedTransaction } from './loadTransactions.ts'

/** The context of a batch of observations. All times are passed in: ingestion reads no clock. */
export type Batch = {
  network: string
  /** The id of the run; null for postbacks, which have no run. */
  run: string | null
  /** The id of the stored page; null if there is none. */
  page: string | null
  /** The time at which the page was requested or the postback was received. */
  observedAt: Date
  /** True if only postbacks reported it: any report of the API replaces it. */
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
