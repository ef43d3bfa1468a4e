import { Router, json } from 'express'
import { z } from 'zod'

import type { Reporter } from '../reports/createReporter.ts'
import { NETWORK_FAULTS } from '../networks/faults.ts'
import { networkControls, type NetworkControls } from '../networks/control/networkControls.ts'
import { faultsOf } from '../networks/serve/faultsOf.ts'
import type { State } from '../state.ts'
import { FAULTS, type Message, type Provider } from '../types.ts'
import { reportControls } from './reports.ts'

const Dial = z.strictObject({
  /** A messaging provider, or a network. */
  provider: z.string(),
  fault: z.enum([...new Set([...FAULTS, ...NETWORK_FAULTS])]),
  after: z.int().min(0).optional(),
  times: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
  seconds: z.number().min(0).optional(),
  seed: z.int().optional(),
})
const ClockChange = z.strictObject({
  now: z.iso.datetime({ offset: true }).optional(),
  advanceMs: z.int().optional(),
  isTicking: z.boolean().optional(),
})

export type ControlOptions = NetworkControls & {
  providers: Provider[]
  report: Reporter
  /** Forgets everything that happened. */
  forget: () => void
}

/** What tests, the demo and people turn: faults, the clock, reports, and what is remembered. */
export const control = (options: ControlOptions): Router => {
  const { forget, providers, report, state } = options
  const { clock, faults } = state
  const router = Router()
  router.use(networkControls(options))
  router.use(json({ limit: '1mb' }))
  router.use(reportControls({ report, state }))

  router.get('/faults', (_request, response) => {
    response.json({ faults: faults.list() })
  })
  router.post('/faults', (request, response) => {
    const dial = Dial.parse(request.body)
    if (!canShow({ dial, providers, state })) {
      response.status(400).json({ error: `${dial.provider} never answers ${dial.fault}.` })
      return
    }
    faults.set(dial)
    response.json({ faults: faults.list() })
  })
  router.delete('/faults', (request, response) => {
    faults.clear(z.string().optional().parse(request.query.provider))
    response.json({ faults: faults.list() })
  })

  router.get('/clock', (_request, response) => {
    response.json({ now: clock.now().toISOString(), isTicking: clock.isTicking() })
  })
  router.post('/clock', (request, response) => {
    clock.set(ClockChange.parse(request.body))
    response.json({ now: clock.now().toISOString(), isTicking: clock.isTicking() })
  })

  router.get('/messages', (request, response) => {
    const wanted = Object.entries(request.query).filter(([key]) => FILTERS.has(key))
    const messages = state.messages
      .all()
      .filter((message) => wanted.every(([key, value]) => message[key as keyof Message] === value))
    response.json({ messages, total: state.messages.total() })
  })
  router.get('/requests', (request, response) => {
    const { provider: wanted } = request.query
    const requests = state.requests.all().filter((each) => !wanted || each.provider === wanted)
    response.json({ requests, total: state.requests.total() })
  })
  router.delete('/state', (_request, response) => {
    forget()
    response.json({ status: 'forgotten' })
  })
  return router
}

const FILTERS = new Set(['provider', 'to', 'id', 'customId'])
/** Of the line and not of a provider; an opt-out may also show only in a report. */
const EVERYWHERE = new Set<string>(['slow', 'reset-after-accept', 'truncated', 'opted-out'])

type Shown = { dial: z.output<typeof Dial>; providers: Provider[]; state: State }

const canShow = ({ dial: { fault, provider }, providers, state }: Shown): boolean => {
  const network = state.networks.find(({ name }) => name === provider)
  if (network) return faultsOf(network).some((each) => each === fault)
  const known = providers.find(({ name }) => name === provider)
  return known !== undefined && (EVERYWHERE.has(fault) || fault in known.refusals)
}
