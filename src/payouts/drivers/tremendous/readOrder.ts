import { z } from 'zod'

import { cleanCode } from '../cleanText.ts'
import { toReport, unknownReport } from '../sendOrder.ts'
import type { PayoutReport } from '../types.ts'
import { readAmount } from './readAmount.ts'

const Reward = z.object({
  id: z.string().min(1),
  expires_at: z.iso.datetime({ offset: true }).nullish().catch(null),
  value: z.object({ denomination: z.number(), currency_code: z.string() }),
  delivery: z.object({ status: z.string(), link: z.string().nullish() }).nullish(),
})
const Order = z.object({
  order: z.object({
    id: z.string().min(1),
    external_id: z.string().nullish(),
    status: z.string(),
    payment: z
      .object({
        fees: z.number().nullish(),
        currency_code: z.string().nullish(),
        refund: z.object({ total: z.number() }).nullish(),
      })
      .nullish(),
    rewards: z.array(Reward).nullish(),
  }),
})
type Order = z.output<typeof Order>['order']
type Reward = z.output<typeof Reward>

/** An order as a report. `rewardId`: its card is ready, but the response has no link to it. */
export type ReadOrder = { report: PayoutReport; rewardId: string | null }

/**
 * Reads an order of one reward; null if it is in no known form. The order is settled once the link
 * to the card is there, and pending until then. Only the response to `POST /orders` contains it.
 */
export const readOrder = (body: unknown, key: string): ReadOrder | null => {
  const { data } = Order.safeParse(body)
  if (!data) return null
  const { order } = data
  const [reward, ...others] = order.rewards ?? []
  const providerId = order.id
  const refuse = (code: string): ReadOrder => ({
    report: { ...unknownReport({ code, detail: '' }), providerId },
    rewardId: null,
  })
  if (order.external_id !== key) return refuse('other-order')
  if (others.length > 0) return refuse('several')
  const { status } = order
  if (status === 'EXECUTED' && reward) return readReward(order, reward)
  if (PENDING_STATUSES.has(status)) return pending(order, status)
  if (status === 'FAILED' || status === 'CANCELED') {
    const isReturned = (order.payment?.refund?.total ?? 0) > 0
    const over = toReport({
      status: isReturned ? 'returned' : 'failed',
      providerId,
      code: status,
      remedy: 'operator',
    })
    return { report: over, rewardId: null }
  }
  return refuse(cleanCode(`order-${status}`) ?? 'order')
}

/**
 * Statuses of an order that is not final. Source: the definitions of npm `tremendous` 4.12.0, and
 * CART of https://developers.tremendous.com/reference/obj-schema-orders
 */
const PENDING_STATUSES: ReadonlySet<string> = new Set([
  'CART',
  'EXECUTED',
  'OPEN',
  'PENDING APPROVAL',
  'PENDING INTERNAL PAYMENT APPROVAL',
  'PENDING SETTLEMENT',
])

const readReward = (order: Order, reward: Reward): ReadOrder => {
  const { link, status } = reward.delivery ?? {}
  if (status === 'SUCCEEDED' && !link) {
    return { ...pending(order, 'no-link'), rewardId: reward.id }
  }
  if (status === 'SUCCEEDED' && link) return settled(order, reward, link)
  if (status === undefined || status === 'PENDING' || status === 'SCHEDULED') {
    return pending(order, 'no-card')
  }
  // The card exists and is paid, so that the order has not failed.
  const code = cleanCode(`delivery-${status}`) ?? 'delivery'
  return {
    report: { ...unknownReport({ code, detail: '' }), providerId: order.id },
    rewardId: null,
  }
}

const pending = (order: Order, word: string): ReadOrder => ({
  report: toReport({
    status: 'pending',
    providerId: order.id,
    code: word.replaceAll(' ', '_'),
    feeMinor: readFee(order),
  }),
  rewardId: null,
})

const settled = (order: Order, reward: Reward, link: string): ReadOrder => {
  const faceMinor = readAmount(reward.value.denomination, reward.value.currency_code)
  const providerId = order.id
  if (faceMinor === null) {
    const code = 'malformed-amount'
    return { report: { ...unknownReport({ code, detail: '' }), providerId }, rewardId: null }
  }
  const { expires_at: validUntil } = reward
  const card = {
    label: 'Link',
    value: link,
    url: link,
    faceMinor,
    ...(validUntil ? { validUntil: new Date(validUntil).toISOString() } : {}),
  }
  const report = toReport({
    status: 'settled',
    providerId,
    feeMinor: readFee(order),
    cards: [card],
  })
  return { report, rewardId: null }
}

/** The fee in minor units; null unless it is in the currency of the reward. */
const readFee = ({ payment, rewards }: Order): number | null => {
  const currency = payment?.currency_code
  if (!currency || rewards?.[0]?.value.currency_code !== currency) return null
  return readAmount(payment.fees, currency)
}

const Link = z.object({ reward: z.object({ id: z.string(), link: z.string().min(1) }) })

/** Adds the link of `POST /rewards/{id}/generate_link` to an order; null if there is none. */
export const addLink = (orderBody: unknown, linkBody: unknown): unknown => {
  const { data: order } = Order.safeParse(orderBody)
  const { data: made } = Link.safeParse(linkBody)
  const [reward] = order?.order.rewards ?? []
  if (!order || !reward || made?.reward.id !== reward.id) return null
  const delivery = { status: 'SUCCEEDED', link: made.reward.link }
  return { order: { ...order.order, rewards: [{ ...reward, delivery }] } }
}
