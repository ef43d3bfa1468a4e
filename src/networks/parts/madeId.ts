import { createHash } from 'node:crypto'

/** A short name of some content: the same content has the same. */
export const hashOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)

type Stable = {
  merchantId: string | null
  orderId: string | null
  clickId: string | null
  eventAt: string
  /** What else the network never changes, such as the goal. */
  more?: string | null
}

/**
 * The id of a sale to which the network gave none, of what does not change in it: neither its state
 * nor its amounts, nor the click of an order, which a network may correct. Two sales that differ in
 * nothing else become one.
 */
export const madeId = ({ clickId, eventAt, merchantId, more = null, orderId }: Stable): string =>
  `made-${hashOf([merchantId, orderId, orderId === null ? clickId : null, eventAt, more])}`
