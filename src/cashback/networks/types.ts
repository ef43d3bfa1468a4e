import type { TransactionStatus } from '../../domain/cashback/transaction.ts'

/**
 * A network transaction as its adapter reads it. Amounts in minor units; instants in ISO 8601, UTC.
 */
export type TransactionRow = {
  /** The network's id. The same transaction always has the same id. */
  externalId: string
  /** True if the network gave no id: it is then a hash of the fields that never change. */
  isIdGenerated: boolean
  orderId: string | null
  /** The sub-id, in which networks return the id of our click; null if none. */
  subId: string | null
  /** The network's id of the programme, and the programme's name. */
  programId: string | null
  programName: string | null
  status: TransactionStatus
  rawStatus: string
  /** Null if the network does not report it. */
  saleMinor: number | null
  /** Negative for a reversal. */
  commissionMinor: number
  currency: string
  /** When the order was placed. */
  eventAt: string
  clickedAt: string | null
  /** When it last changed, by the network; null if the network does not report it. */
  changedAt: string | null
  /** Of a reversal: the order that it reverses. */
  reversalOf: string | null
  /** The network's comment, for people; escape it on output. */
  comment: string | null
  /** The row as it was received. */
  raw: unknown
}

/** A row that cannot be read. It is quarantined; the other rows of its page are read. */
export type RejectedRow = { raw: unknown; code: string; detail: string }

export type TransactionPage = {
  rows: TransactionRow[]
  rejected: RejectedRow[]
  /** The body as it was received, for replay: `readPage` reads the same rows from it. */
  raw: unknown
  /** The number of rows in the window, by the network; null if it does not report it. */
  total: number | null
}

export type TransactionWindow = {
  from: Date
  to: Date
  /** By the time of the transaction, or of its last change. */
  by: 'event' | 'change'
}

/** A postback as its adapter reads it. */
export type Postback = {
  /** Null if it does not identify a transaction: the API is then polled instead. */
  row: TransactionRow | null
  /** A hash of the content: the same content has the same id. */
  eventId: string
  /** Why it has no row, for machines and for people; null if it has one. */
  code: string | null
  detail: string | null
}

export type NetworkCapabilities = {
  /**
   * Whether it can list by the time of change. If not, the last `rescanDays` are read each time.
   */
  hasChangeFilter: boolean
  /** Longer windows are split. */
  maxWindowDays: number
  /** For how many days a status may still change. */
  rescanDays: number
  maxClickIdLength: number
  /** The rate limit: the account's setting, or what the network documents; null: unknown. */
  requestsPerMinute: number | null
}

/** One network account. It is opened for each run, and throws only `NetworkError`. */
export type Network = {
  adapter: string
  capabilities: NetworkCapabilities
  /**
   * Page by page, oldest first. It contains each row at least once, even if the list changes
   * meanwhile.
   */
  listTransactions: (
    window: TransactionWindow,
    options: { signal: AbortSignal },
  ) => AsyncGenerator<TransactionPage>
  /** Reads a stored page again. Pure. */
  readPage: (raw: unknown) => TransactionPage
  /** Adds the click id and the landing page to the merchant's tracking link. Pure. */
  buildLink: (link: {
    trackingUrl: string
    clickId: string
    deepLink?: string | undefined
  }) => string
  /** Reads a postback. Pure; never throws. */
  readPostback: (fields: Record<string, string>) => Postback
}

/**
 * - `network.unauthorized` the credentials are refused or missing: do not retry
 * - `network.rate-limited` too many requests: back off
 * - `network.unavailable` the network cannot be reached, or reports a failure of its own
 * - `network.timeout` no complete response in time
 * - `network.bad-answer` a response that does not match the documentation, such as half of one
 * - `network.too-large` a response or a list beyond the limits of memory: do not retry
 * - `network.refused` the request or the settings are invalid
 * - `network.stopped` the run was stopped
 */
export type NetworkErrorCode =
  | 'network.unauthorized'
  | 'network.rate-limited'
  | 'network.unavailable'
  | 'network.timeout'
  | 'network.bad-answer'
  | 'network.too-large'
  | 'network.refused'
  | 'network.stopped'
