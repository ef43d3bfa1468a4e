import { json, Router } from 'express'
import { z } from 'zod'

import type { State } from '../../state.ts'
import type { Postbacks } from '../postbacks/createPostbacks.ts'
import { faultsOf } from '../serve/faultsOf.ts'
import type { Network } from '../types.ts'
import { orderControls } from './orderControls.ts'

const Postback = z.strictObject({
  network: z.string(),
  order: z.string(),
  url: z.url({ protocol: /^https?$/ }),
  /** As the order's story has it in that state; as it is now, where it is missing. */
  status: z.string().optional(),
  duplicates: z.int().min(0).max(1000).optional(),
  method: z.enum(['GET', 'POST']).optional(),
})
const Limit = z.strictObject({ network: z.string(), perMinute: z.int().min(1).nullable() })

export type NetworkControls = { state: State; postBack: Postbacks }

/** What networks tell, and telling it. */
export const networkControls = ({ postBack, state }: NetworkControls): Router => {
  const router = Router()
  const known = (name: string): Network | undefined =>
    state.networks.find((network) => network.name === name)

  // A list of orders may be long.
  router.use('/orders', json({ limit: '64mb' }), orderControls(state))

  router.get('/networks', (_request, response) => {
    response.json({ networks: state.networks.map((network) => summary(state, network)) })
  })
  router.post('/networks', json(), (request, response) => {
    const { network: name, perMinute } = Limit.parse(request.body)
    const network = known(name)
    if (!network) {
      response.status(400).json({ error: `There is no network ${name}.` })
      return
    }
    state.pace.limit(name, perMinute)
    response.json(summary(state, network))
  })

  router.post('/postback', json(), async (request, response) => {
    const { network: name, order, status, ...rest } = Postback.parse(request.body)
    const network = known(name)
    const sale = state.orders.find({ network: name, order, status, now: state.clock.now() })
    if (!network || !sale) {
      response.status(404).json({ error: `${name} knows of no order ${order} now.` })
      return
    }
    response.json({ postbacks: await postBack({ network, sale, ...rest }) })
  })
  router.get('/postbacks', (_request, response) => {
    response.json({ postbacks: state.postbacks.all(), total: state.postbacks.total() })
  })
  return router
}

const summary = (state: State, network: Network) => ({
  name: network.name,
  title: network.title,
  perMinute: state.pace.limitOf(network),
  faults: faultsOf(network),
})
