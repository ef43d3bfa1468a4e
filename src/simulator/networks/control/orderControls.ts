import { Router } from 'express'

import type { State } from '../../state.ts'
import { saleAt } from '../truth/saleAt.ts'
import type { GeneratedSet, ScriptedOrder } from '../truth/types.ts'
import { GenerateInput, OrdersInput, scriptedOrder } from './orderInput.ts'

/** The truth that networks tell: put in, looked at, taken away. */
export const orderControls = ({ clock, networks, orders }: State): Router => {
  const router = Router()
  const networkOf = (name: string) => {
    const network = networks.find((each) => each.name === name)
    if (network) return network
    throw Object.assign(new Error(`There is no network ${name}.`), { status: 400 })
  }

  router.get('/', ({ query }, response) => {
    const nowMs = clock.now().getTime()
    const wanted = networks.filter(({ name }) => !query.network || query.network === name)
    response.json({
      orders: wanted.flatMap(({ name }) => orders.scripted(name).map(withState(nowMs))),
      generated: wanted.flatMap(({ name }) => orders.sets(name).map(shownSet)),
    })
  })
  router.post('/', (request, response) => {
    const input = OrdersInput.parse(request.body)
    const startMs = input.startAt ?? clock.now().getTime()
    const scripted = input.orders.map((order) =>
      scriptedOrder(order, { startMs, merchant: networkOf(order.network).merchant }),
    )
    for (const order of scripted) orders.put(order)
    response.json({ orders: scripted.length })
  })
  router.delete('/', (_request, response) => {
    orders.clear()
    response.json({ orders: 0 })
  })
  router.post('/generate', (request, response) => {
    const { changedAt, from, merchant, to, ...rest } = GenerateInput.parse(request.body)
    const set: GeneratedSet = {
      ...rest,
      merchant: merchant ?? networkOf(rest.network).merchant,
      fromMs: from,
      toMs: to,
      changedAtMs: changedAt ?? null,
    }
    networkOf(set.network)
    orders.generate(set)
    response.json(shownSet(set))
  })
  return router
}

const withState =
  (nowMs: number) =>
  ({ eventMs, timeline, ...order }: ScriptedOrder) => {
    const current = saleAt({ ...order, eventMs, timeline }, nowMs)
    return {
      ...order,
      eventAt: new Date(eventMs).toISOString(),
      /** Null while nobody knows of it. */
      status: current?.status ?? null,
      number: current?.number ?? null,
      timeline: timeline.map(({ atMs, ...entry }) => ({
        at: new Date(atMs).toISOString(),
        ...entry,
      })),
    }
  }

const shownSet = ({ changedAtMs, clickIds, fromMs, toMs, ...set }: GeneratedSet) => ({
  ...set,
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
  changedAt: changedAtMs === null ? null : new Date(changedAtMs).toISOString(),
  clicks: clickIds.length,
})
