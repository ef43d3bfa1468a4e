/** Whose programme a sale belongs to; networks number their programmes. */
export type Merchant = { id: number; name: string }

/** From an instant on, what is true of an order. Amounts in minor units. */
export type Entry = {
  atMs: number
  /** A word of ours, or one that no network knows and that is shown as it is. */
  status: string
  saleMinor: number
  commissionMinor: number
  currency: string
}

/** An order whose whole story is told beforehand. */
export type ScriptedOrder = {
  order: string
  network: string
  clickId: string | null
  merchant: Merchant
  /** Of a return: the order that it takes from. */
  returnOf: string | null
  /** When it was sold; a network may hear of it later. */
  eventMs: number
  /** Oldest first, at least one. */
  timeline: Entry[]
}

/** Very many orders that follow from a few numbers, so that none of them need be kept. */
export type GeneratedSet = {
  network: string
  seed: number
  count: number
  /** In turn; none leaves orders without a click. */
  clickIds: string[]
  merchant: Merchant
  currency: string
  fromMs: number
  toMs: number
  status: string
  /** Until then they are pending; without it they have their status from the start. */
  changedAtMs: number | null
}

/** What is true of an order at an instant. */
export type Sale = {
  order: string
  /** What networks know it by: the same order always has the same number. */
  number: number
  clickId: string | null
  merchant: Merchant
  returnOf: string | null
  status: string
  saleMinor: number
  commissionMinor: number
  currency: string
  eventMs: number
  changedMs: number
  /** The amounts before the last change of them. */
  before: { saleMinor: number; commissionMinor: number } | null
}

/** Sales in ascending order of a time. They are made when they are asked for. */
export type Series = {
  length: number
  timeAt: (index: number) => number
  saleAt: (index: number) => Sale
}

/** From one instant up to, but not including, the other. */
export type Span = { fromMs: number; toMs: number }

export type SaleQuery = {
  /** By when it was sold. */
  event?: Span | undefined
  /** By when its state last changed. */
  change?: Span | undefined
  /** Of which the page is a part; the time of the sale unless said otherwise. */
  orderBy?: 'change' | 'event' | undefined
  isNewestFirst?: boolean | undefined
  /** The name stands for the test: two tests of one name do the same. */
  where?: { name: string; test: (sale: Sale) => boolean } | undefined
  offset: number
  limit: number
}

export type SalePage = { sales: Sale[]; total: number }
