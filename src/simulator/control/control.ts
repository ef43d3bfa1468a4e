import { Router, json } from 'express'
import { z } from 'zod'

import type { Reporter } from '../reports/createReporter.ts'
import type { State } from '../state.ts'
import { FAULTS, type Message, type Provider, PROVIDERS } from '../types.ts'
import { reportControls } from './reports.ts'

const provider = z.enum(PROVIDERS)
const Dial = z.strictObject({
  provider,
  fault: z.enum(FAULTS),
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

export type ControlOptions = {
  providers: Provider[]
  state: State
  report: Reporter
  /** Forgets everything that happened. */
  forget: () => void
}

/** What tests, the demo and people turn: faults, the clock, reports, and what is remembered. */
export const control = ({ forget, providers, report, state }: ControlOptions): Router => {
  const { clock, faults } = state
  const router = Router()
  router.use(json({ limit: '1mb' }))
  router.use(reportControls({ report, state }))

  router.get('/faults', (_request, response) => {
    response.json({ faults: faults.list() })
  })
  router.post('/faults', (request, response) => {
    const dial = Dial.parse(request.body)
    if (!canShow(providers, dial)) {
      response.status(400).json({ error: `${dial.provider} never answers ${dial.fault}.` })
      return
    }
    faults.set(dial)
    response.json({ faults: faults.list() })
  })
  router.delete('/faults', (request, response) => {
    faults.clear(provider.optional().parse(request.query.provider))
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

const canShow = (providers: Provider[], dial: z.output<typeof Dial>): boolean =>
  EVERYWHERE.has(dial.fault) ||
  providers.some(({ name, refusals }) => name === dial.provider && dial.fault in refusals)
