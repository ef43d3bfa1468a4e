import { randomUUID } from 'node:crypto'

import { createPayment } from '../../support/factories.ts'
import { ingestRowsAt, buildTransactionRow } from '../../support/cashbackFactories.ts'
import { daysAgo } from '../../support/instants.ts'
import { type Answer, askGraphql, askRest, type RestRequest } from './ask.ts'
import type { World } from './world.ts'

/** One request of the proof, which can be sent again. */
export type Attempt = {
  send: () => Promise<Answer>
  /** SQL that counts how often its effect is stored: never, once or more often. */
  effect: string
}

export type Kind = {
  name: string
  /**
   * True if it is repeated until it is answered: it has a key, or a second effect is impossible.
   */
  isRepeated: boolean
  prepare: (world: World) => Promise<Attempt>
}

const inRest = (world: World, request: RestRequest, effect: string): Attempt => ({
  send: () => askRest(world.baseUrl, request),
  effect,
})
const withKey = () => ({ 'Idempotency-Key': randomUUID() })

const paymentData = ({ buyer }: World, reference: string, status = 'completed') => ({
  reference,
  user: buyer,
  amountMinor: 10_000,
  currency: 'INR',
  status,
})
const countPayments = (reference: string) =>
  `select count(*)::int as count from payments where reference = '${reference}'`

const payment =
  (headers: () => Record<string, string>) =>
  (world: World): Promise<Attempt> => {
    const reference = randomUUID()
    const request = {
      method: 'POST',
      path: '/api/payments',
      authorization: world.machine,
      headers: headers(),
      body: paymentData(world, reference),
    }
    return Promise.resolve(inRest(world, request, countPayments(reference)))
  }

const paymentByGraphql = (world: World): Promise<Attempt> => {
  const reference = randomUUID()
  const query = `mutation { createPayment(data: { reference: "${reference}", user: "${world.buyer}",
    amountMinor: 10000, currency: "INR", status: completed }) { id } }`
  return Promise.resolve({
    send: () => askGraphql(world.baseUrl, query, world.machine),
    effect: countPayments(reference),
  })
}

const completion =
  (isGraphql: boolean) =>
  async (world: World): Promise<Attempt> => {
    const { id } = await createPayment(world.payload, { user: world.buyer })
    const effect = `select count(*)::int as count from wallet_transactions
      where payment_id = '${id}' and kind = 'commission'`
    const query = `mutation { updatePayment(id: "${id}", data: { status: completed }) { id } }`
    if (isGraphql) return { send: () => askGraphql(world.baseUrl, query, world.machine), effect }
    const body = { status: 'completed' }
    const request = { method: 'PATCH', path: `/api/payments/${id}`, body }
    return inRest(world, { ...request, authorization: world.machine }, effect)
  }

const refund =
  (form: 'graphql' | 'keyed' | 'plain') =>
  async (world: World): Promise<Attempt> => {
    const reference = randomUUID()
    const { id } = await createPayment(world.payload, { user: world.buyer, status: 'completed' })
    const effect = `select count(*)::int as count from refunds where reference = '${reference}'`
    const query = `mutation { createRefund(data: { reference: "${reference}", payment: "${id}",
      amountMinor: 2500 }) { id } }`
    if (form === 'graphql') {
      return { send: () => askGraphql(world.baseUrl, query, world.machine), effect }
    }
    const request = {
      method: 'POST',
      path: '/api/refunds',
      authorization: world.machine,
      headers: form === 'keyed' ? withKey() : {},
      body: { reference, payment: id, amountMinor: 2_500 },
    }
    return inRest(world, request, effect)
  }

const adjustmentData = (world: World, reason: string, amountMinor: number) => ({
  member: world.shopper,
  effect: 'credit',
  amountMinor,
  currency: 'INR',
  reason,
})

const adjustment =
  (headers: () => Record<string, string>) =>
  (world: World): Promise<Attempt> => {
    const reason = randomUUID()
    const request = {
      method: 'POST',
      path: '/api/adjustments',
      authorization: world.finance,
      headers: headers(),
      body: adjustmentData(world, reason, 700),
    }
    const effect = `select count(*)::int as count from adjustments where reason = '${reason}'`
    return Promise.resolve(inRest(world, request, effect))
  }

const approval = async (world: World): Promise<Attempt> => {
  const reason = randomUUID()
  const body = adjustmentData(world, reason, 600_000)
  const made = { method: 'POST', path: '/api/adjustments', authorization: world.finance, body }
  const headers = withKey()
  while (!(await askRest(world.baseUrl, { ...made, headers })).isYes);
  const [row] = await world.sql<{ id: string }>(
    `select id from adjustments where reason = '${reason}'`,
  )
  const id = row?.id ?? ''
  const effect = `select count(*)::int as count from adjustments
    where id = '${id}' and status = 'posted'`
  const path = `/api/adjustments/${id}/approve`
  const request = { method: 'POST', path, authorization: world.admin, headers: withKey() }
  return inRest(world, request, effect)
}

const importFile = (world: World): Promise<Attempt> => {
  const id = randomUUID()
  const day = daysAgo(3).slice(0, 10)
  const line = `${id},${id},${world.clickId},confirmed,12.50,${day}`
  const request = {
    method: 'POST',
    path: `/api/networks/${world.fileNetwork}/import`,
    authorization: world.finance,
    headers: { 'Content-Type': 'text/csv' },
    text: `Id,Order,Click,State,Commission,Date\n${line}`,
  }
  const effect = `select count(*)::int as count from network_transactions
    where external_id = '${id}'`
  return Promise.resolve(inRest(world, request, effect))
}

const assignment = async (world: World): Promise<Attempt> => {
  const externalId = randomUUID()
  const row = buildTransactionRow({ externalId, orderId: externalId, eventAt: daysAgo(2) })
  await ingestRowsAt(world, { network: world.apiNetwork, rows: [row], at: new Date() })
  const [stored] = await world.sql<{ id: string }>(
    `select id from network_transactions where external_id = '${externalId}'`,
  )
  const id = stored?.id ?? ''
  const request = {
    method: 'POST',
    path: `/api/network-transactions/${id}/assign`,
    authorization: world.finance,
    headers: withKey(),
    body: { member: world.shopper },
  }
  const effect = `select count(*)::int as count from transaction_assignments
    where transaction_id = '${id}'`
  return inRest(world, request, effect)
}

const claim = (world: World): Promise<Attempt> => {
  const orderNumber = randomUUID()
  const request = {
    method: 'POST',
    path: '/api/cashback-claims',
    authorization: world.member,
    headers: withKey(),
    body: {
      merchant: world.merchant,
      orderNumber,
      orderedAt: daysAgo(19),
      amountMinor: 99_900,
      currency: 'INR',
    },
  }
  const effect = `select count(*)::int as count from cashback_claims
    where order_number = '${orderNumber}'`
  return Promise.resolve(inRest(world, request, effect))
}

const postback = (world: World): Promise<Attempt> => {
  const order = randomUUID()
  const { pathname } = new URL(world.postbacks)
  const path = `${pathname}?${new URLSearchParams({ order, status: 'pending' }).toString()}`
  const effect = `select count(*)::int as count from inbound_events
    where source like 'postback:%' and body::text like '%${order}%'`
  return Promise.resolve(inRest(world, { method: 'GET', path }, effect))
}

const none = () => ({})

/** Every kind of request that moves money or leads to it, with a key and without one. */
export const KINDS: Kind[] = [
  { name: 'payment with a key', isRepeated: true, prepare: payment(withKey) },
  { name: 'payment', isRepeated: false, prepare: payment(none) },
  { name: 'payment over GraphQL', isRepeated: false, prepare: paymentByGraphql },
  { name: 'completion', isRepeated: true, prepare: completion(false) },
  { name: 'completion over GraphQL', isRepeated: true, prepare: completion(true) },
  { name: 'refund with a key', isRepeated: true, prepare: refund('keyed') },
  { name: 'refund', isRepeated: false, prepare: refund('plain') },
  { name: 'refund over GraphQL', isRepeated: false, prepare: refund('graphql') },
  { name: 'adjustment with a key', isRepeated: true, prepare: adjustment(withKey) },
  { name: 'adjustment', isRepeated: false, prepare: adjustment(none) },
  { name: 'approval in the admin', isRepeated: true, prepare: approval },
  { name: 'import of a file', isRepeated: true, prepare: importFile },
  { name: 'assignment in the admin', isRepeated: true, prepare: assignment },
  { name: 'claim', isRepeated: true, prepare: claim },
  { name: 'postback', isRepeated: true, prepare: postback },
]
