import type { SaleStatus } from '../domain/sale.ts'

/** One row of a network's report, in our words. Amounts in minor units; instants as ISO 8601 UTC. */
export type SaleRow = {
  /** The network's id of it: the same row always has the same one. */
  externalId: string
  /** True where the network gave no id and one was made from what does not change. */
  isIdMade: boolean
  orderId: string | null
  /** Our click's id, as it came back; null when none did. */
  clickId: string | null
  /** The network's id of the programme, and its name there. */
  merchantId: string | null
  merchantName: string | null
  status: SaleStatus
  rawStatus: string
  /** Null where the network does not tell. */
  saleMinor: number | null
  /** Negative in a return. */
  commissionMinor: number
  currency: string
  /** When it was sold. */
  eventAt: string
  clickedAt: string | null
  /** The network's own time of its last change, where it tells one. */
  changedAt: string | null
  /** Of a return: the order whose earnings it lowers. */
  returnOf: string | null
  /** What the network says about it, for people; escape on output. */
  comment: string | null
  /** The row as it came. */
  raw: unknown
}

/** A row that cannot be read: kept aside, its page goes on. */
export type RejectedRow = { raw: unknown; code: string; detail: string }

export type SalePage = {
  rows: SaleRow[]
  rejected: RejectedRow[]
  /** The body as it came, for replay: `readPage` makes the same rows of it. */
  raw: unknown
  /** How many rows the network says that the window has; null where it does not say. */
  total: number | null
}

export type SaleWindow = {
  from: Date
  to: Date
  /** By the time of the sale, or of its last change of state. */
  by: 'event' | 'change'
}

/** What a postback says; `null` row: too little to know a sale by, so the API is asked instead. */
export type Postback = {
  row: SaleRow | null
  /** The same content is the same postback. */
  eventId: string
  /** Why it names no sale, for machines and for people; null where it names one. */
  code: string | null
  detail: string | null
}

export type NetworkCapabilities = {
  /** Whether it can be asked for what changed; if not, the whole window of validation is read again. */
  hasChangeFilter: boolean
  /** Longer windows are cut into slices. */
  maxWindowDays: number
  /** How far back states still change, in days. */
  rescanDays: number
  maxClickIdLength: number
  /** How often it may be asked: the account's setting, else what it documents; null: not known. */
  requestsPerMinute: number | null
}

/** One network account. Made anew for each run; throws `NetworkError`, and nothing else. */
export type Network = {
  adapter: string
  capabilities: NetworkCapabilities
  /** Page after page, oldest first, each row at least once however the list moves meanwhile. */
  listSales: (window: SaleWindow, options: { signal: AbortSignal }) => AsyncGenerator<SalePage>
  /** Reads a stored page again. Pure. */
  readPage: (raw: unknown) => SalePage
  /** Puts the click's id, and the page to land on, into the merchant's tracking link. Pure. */
  buildLink: (link: {
    trackingUrl: string
    clickId: string
    deepLink?: string | undefined
  }) => string
  /** Reads what the network sent us. Pure; never throws. */
  readPostback: (fields: Record<string, string>) => Postback
}

/**
 * - `network.unauthorized` the credentials are refused: nobody should try again
 * - `network.rate-limited` it wants a rest
 * - `network.unavailable` it, or the way to it, is down
 * - `network.timeout` no complete answer in time
 * - `network.bad-answer` an answer that is not what its documents say, such as half of one
 * - `network.refused` it refuses the request as such
 * - `network.stopped` the run was told to stop
 */
export type NetworkErrorCode =
  | 'network.unauthorized'
  | 'network.rate-limited'
  | 'network.unavailable'
  | 'network.timeout'
  | 'network.bad-answer'
  | 'network.refused'
  | 'network.stopped'
