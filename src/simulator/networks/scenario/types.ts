/** A merchant's programme at a network. Networks number their programmes. */
export type Merchant = { id: number; name: string }

/** A timeline entry: an order's state from an instant on. Amounts in minor units. */
export type Entry = {
  atMs: number
  /** One of our statuses, or any other text, which is reported as it is. */
  status: string
  saleMinor: number
  commissionMinor: number
  currency: string
}

/** An order with its whole timeline. */
export type ScenarioOrder = {
  order: string
  network: string
  clickId: string | null
  merchant: Merchant
  /** Of a reversal: the order that it reverses. */
  reversalOf: string | null
  /** When it was placed; the network may report it later. */
  eventMs: number
  /** Oldest first, at least one. */
  timeline: Entry[]
}

/** A large set of orders that are computed from a few numbers, so that none is stored. */
export type GeneratedSet = {
  network: string
  seed: number
  count: number
  /** Assigned in turn; an empty list means orders without a click. */
  clickIds: string[]
  merchant: Merchant
  currency: string
  fromMs: number
  toMs: number
  status: string
  /** Until then they are pending; null: they have their status from the start. */
  changedAtMs: number | null
}

/** An order at an instant. */
export type Transaction = {
  order: string
  /** The number by which networks identify it: the same order always has the same number. */
  number: number
  clickId: string | null
  merchant: Merchant
  reversalOf: string | null
  status: string
  saleMinor: number
  commissionMinor: number
  currency: string
  eventMs: number
  changedMs: number
  /** The amounts before they last changed. */
  before: { saleMinor: number; commissionMinor: number } | null
}

/** Transactions in ascending order of time. They are computed on demand. */
export type Series = {
  length: number
  timeAt: (index: number) => number
  transactionAt: (index: number) => Transaction
}

/** From one instant up to, but not including, the other. */
export type Span = { fromMs: number; toMs: number }

export type TransactionQuery = {
  /** By the time of the order. */
  event?: Span | undefined
  /** By the time of the last change. */
  change?: Span | undefined
  /** Default: the time of the order. */
  orderBy?: 'change' | 'event' | undefined
  isNewestFirst?: boolean | undefined
  /** The name identifies the test: tests with the same name must be equal. */
  where?: { name: string; test: (transaction: Transaction) => boolean } | undefined
  offset: number
  limit: number
}

export type TransactionPage = { transactions: Transaction[]; total: number }
