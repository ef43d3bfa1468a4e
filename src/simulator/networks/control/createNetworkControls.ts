import { json, Router } from 'express'
import { z } from 'zod'

import type { State } from '../../state.ts'
import type { SendPostback } from '../createPostbacks.ts'
import { faultsOf } from '../serve/faultsOf.ts'
import { transactionAt } from '../scenario/transactionAt.ts'
import type { GeneratedSet, ScenarioOrder } from '../scenario/types.ts'
import type { Network } from '../types.ts'
import { GenerateInput, OrdersInput, toScenarioOrder } from './orderInput.ts'

const Postback = z.strictObject({
  network: z.string(),
  order: z.string(),
  url: z.url({ protocol: /^https?$/ }),
  /** Reports the order as its timeline has it in this status; default: as it is now. */
  status: z.string().optional(),
  duplicates: z.int().min(0).max(1000).optional(),
  method: z.enum(['GET', 'POST']).optional(),
})
const Limit = z.strictObject({ network: z.string(), perMinute: z.int().min(1).nullable() })

export type NetworkControlOptions = { state: State; sendPostback: SendPostback }

/** Creates the control routes of the networks: limits, orders and postbacks. */
export const createNetworkControls = ({ sendPostback, state }: NetworkControlOptions): Router => {
  const router = Router()
  const findNetwork = (name: string): Network | undefined =>
    state.networks.find((network) => network.name === name)

  // A list of orders can be long.
  router.use('/orders', json({ limit: '64mb' }), createOrderControls(state))

  router.get('/networks', (_request, response) => {
    response.json({ networks: state.networks.map((network) => summarize(state, network)) })
  })
  router.post('/networks', json(), (request, response) => {
    const { network: name, perMinute } = Limit.parse(request.body)
    const network = findNetwork(name)
    if (!network) {
      response.status(400).json({ error: `There is no network ${name}.` })
      return
    }
    state.rateLimits.setLimit(name, perMinute)
    response.json(summarize(state, network))
  })

  router.post('/postback', json(), async (request, response) => {
    const { network: name, order, status, ...rest } = Postback.parse(request.body)
    const network = findNetwork(name)
    const transaction = state.orders.find({ network: name, order, status, now: state.clock.now() })
    if (!network || !transaction) {
      response.status(404).json({ error: `${name} has no order ${order} now.` })
      return
    }
    response.json({ postbacks: await sendPostback({ network, transaction, ...rest }) })
  })
  router.get('/postbacks', (_request, response) => {
    response.json({ postbacks: state.postbacks.all(), total: state.postbacks.total() })
  })
  return router
}

const summarize = (state: State, network: Network) => ({
  name: network.name,
  title: network.title,
  perMinute: state.rateLimits.limitOf(network),
  faults: faultsOf(network),
})

/** Creates the control routes of the scenario: list, add, generate and clear orders. */
const createOrderControls = ({ clock, networks, orders }: State): Router => {
  const router = Router()
  const requireNetwork = (name: string) => {
    const network = networks.find((each) => each.name === name)
    if (network) return network
    throw Object.assign(new Error(`There is no network ${name}.`), { status: 400 })
  }

  router.get('/', ({ query }, response) => {
    const nowMs = clock.now().getTime()
    const wanted = networks.filter(({ name }) => !query.network || query.network === name)
    response.json({
      orders: wanted.flatMap(({ name }) => orders.list(name).map(describeOrder(nowMs))),
      generated: wanted.flatMap(({ name }) => orders.sets(name).map(describeSet)),
    })
  })
  router.post('/', (request, response) => {
    const input = OrdersInput.parse(request.body)
    const startMs = input.startAt ?? clock.now().getTime()
    const added = input.orders.map((order) =>
      toScenarioOrder(order, { startMs, merchant: requireNetwork(order.network).merchant }),
    )
    for (const order of added) orders.put(order)
    response.json({ orders: added.length })
  })
  router.delete('/', (_request, response) => {
    orders.clear()
    response.json({ orders: 0 })
  })
  router.post('/generate', (request, response) => {
    const { changedAt, from, merchant, to, ...rest } = GenerateInput.parse(request.body)
    const set: GeneratedSet = {
      ...rest,
      merchant: merchant ?? requireNetwork(rest.network).merchant,
      fromMs: from,
      toMs: to,
      changedAtMs: changedAt ?? null,
    }
    requireNetwork(set.network)
    orders.generate(set)
    response.json(describeSet(set))
  })
  return router
}

const describeOrder =
  (nowMs: number) =>
  ({ eventMs, timeline, ...order }: ScenarioOrder) => {
    const current = transactionAt({ ...order, eventMs, timeline }, nowMs)
    return {
      ...order,
      eventAt: new Date(eventMs).toISOString(),
      /** Null before the network reports it. */
      status: current?.status ?? null,
      number: current?.number ?? null,
      timeline: timeline.map(({ atMs, ...entry }) => ({
        at: new Date(atMs).toISOString(),
        ...entry,
      })),
    }
  }

const describeSet = ({ changedAtMs, clickIds, fromMs, toMs, ...set }: GeneratedSet) => ({
  ...set,
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
  changedAt: changedAtMs === null ? null : new Date(changedAtMs).toISOString(),
  clicks: clickIds.length,
})
