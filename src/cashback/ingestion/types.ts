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
  /** The id of the import whose file the page is of; null for what a network itself reports. */
  fileImport?: string | null
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

/** The growth of a credit that waits for a second person, or that was within the limits. */
export type Growth = {
  /** The assignment that grew; null for an import. */
  assignment: string | null
  requestedBy: string | null
  fromMinor: number
  toMinor: number
  status: 'held' | 'released'
}

/** A decision within the limits of what people may credit. */
export type Limited = Decided & {
  /** The most that may be credited until the import is decided; null: no limit. */
  ceilingMinor: number | null
  hold: 'held' | 'rejected' | null
  growth: Growth | null
}
