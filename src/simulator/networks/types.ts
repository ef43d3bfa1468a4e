import type { IncomingHttpHeaders } from 'node:http'

import type { Answer } from '../types.ts'
import type { NetworkFault } from './faults.ts'
import type { Merchant, Sale, SaleQuery } from './truth/types.ts'

/** One request to a network, taken apart. */
export type NetworkRequest = {
  params: Record<string, string>
  query: URLSearchParams
  form: URLSearchParams
  headers: IncomingHttpHeaders
  now: Date
}

export type Row = Record<string, unknown>

/** What a list says around its rows. */
type Envelope = { rows: Row[]; total: number; query: SaleQuery }

/** A list of sales: where it is, what may be asked of it, and how it answers. */
export type SaleList = {
  path: RegExp
  /** What is asked for, or how the network refuses to be asked so. */
  read: (request: NetworkRequest) => SaleQuery | Answer
  row: (sale: Sale) => Row
  /** Of a row: what may be null, empty or absent. */
  optional: string[]
  envelope: (page: Envelope) => unknown
  /** What it answers where there is no row, if not an empty list. */
  nothing?: Answer
  /** Whether its pages and its total can contradict one another. */
  hasPages: boolean
}

/** Whatever else it has, such as tokens. */
export type Resource = {
  method: 'GET' | 'POST'
  path: RegExp
  answer: (request: NetworkRequest) => Answer
  /** What of the faults it shows; none of them for what people see in a browser. */
  faults: readonly NetworkFault[]
  /** Instead of its answer. */
  refusals?: Partial<Record<NetworkFault, () => Answer>>
}

export type PostbackMethod = 'GET' | 'POST'

/** How it tells of a sale by itself. */
export type PostbackForm = {
  method: PostbackMethod
  /** Where its parameters go in a POST. */
  postsIn: 'form' | 'query'
  fields: (sale: Sale) => Record<string, string>
}

/** A network's wire format, and what it remembers beside the orders. */
export type Network = {
  name: string
  title: string
  /** Of orders that name none. */
  merchant: Merchant
  /** Requests a minute and account; null where its documents tell none. */
  perMinute: number | null
  /** What it answers without valid credentials; null lets the request pass. */
  authorize: (request: NetworkRequest) => Answer | null
  list: SaleList
  resources: Resource[]
  rateLimited: () => Answer
  unauthorized: () => Answer
  /** What it says when the credentials were valid until now. */
  tokenExpired: (request: NetworkRequest) => Answer
  postback: PostbackForm
  /** Its word for a state of a sale. */
  wordOf: (sale: Sale) => string
  /** Forgets tokens and the like. */
  forget?: () => void
}
