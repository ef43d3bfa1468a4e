import type { IncomingHttpHeaders } from 'node:http'

import type { Answer } from '../types.ts'
import type { NetworkFault } from './faults.ts'
import type { Merchant, Transaction, TransactionQuery } from './scenario/types.ts'

/** A parsed request to a network. */
export type NetworkRequest = {
  params: Record<string, string>
  query: URLSearchParams
  form: URLSearchParams
  headers: IncomingHttpHeaders
  now: Date
}

export type Row = Record<string, unknown>

/** The input for a list's envelope. */
type Envelope = { rows: Row[]; total: number; query: TransactionQuery }

/** A list of transactions: its path, its query and its format. */
export type TransactionList = {
  path: RegExp
  /** Reads the query, or returns the network's refusal. */
  read: (request: NetworkRequest) => TransactionQuery | Answer
  row: (transaction: Transaction) => Row
  /** The fields of a row that may be null, empty or absent. */
  optional: string[]
  envelope: (page: Envelope) => unknown
  /** The answer without rows, if it is not an empty list. */
  nothing?: Answer
  /** Whether it has pages and a total, which can contradict each other. */
  hasPages: boolean
}

/** Another resource, such as tokens. */
export type Resource = {
  method: 'GET' | 'POST'
  path: RegExp
  answer: (request: NetworkRequest) => Answer
  /** The faults that it can show; none for pages that people see in a browser. */
  faults: readonly NetworkFault[]
  /** The answers of its own faults. */
  refusals?: Partial<Record<NetworkFault, () => Answer>>
}

export type PostbackMethod = 'GET' | 'POST'

/** The format of a network's postbacks. */
export type PostbackForm = {
  method: PostbackMethod
  /** Where a POST has its parameters. */
  postsIn: 'form' | 'query'
  fields: (transaction: Transaction) => Record<string, string>
}

/** A network: its wire format, and its state beside the orders. */
export type Network = {
  name: string
  title: string
  /** The merchant of orders that name none. */
  merchant: Merchant
  /** Requests per minute and account; null if not documented. */
  perMinute: number | null
  /** The refusal of invalid credentials; null if they are valid. */
  authorize: (request: NetworkRequest) => Answer | null
  list: TransactionList
  resources: Resource[]
  rateLimited: () => Answer
  unauthorized: () => Answer
  /** The answer when the credentials expired. */
  tokenExpired: (request: NetworkRequest) => Answer
  postback: PostbackForm
  /** The network's own status of a transaction. */
  rawStatusOf: (transaction: Transaction) => string
  /** Discards tokens and other state. */
  reset?: () => void
}

/** A postback that was sent, with the response's status; null without a response. */
export type SentPostback = {
  network: string
  order: string
  at: string
  method: PostbackMethod
  url: string
  fields: Record<string, string>
  status: number | null
}
