import { json, Router } from 'express'
import { z } from 'zod'

import {
  createNetworkControls,
  type NetworkControlOptions,
} from '../networks/control/createNetworkControls.ts'
import { NETWORK_FAULTS } from '../networks/faults.ts'
import { faultsOf } from '../networks/serve/faultsOf.ts'
import { createPayoutControls } from '../payouts/createPayoutControls.ts'
import type { PayoutWebhooks } from '../payouts/createPayoutWebhooks.ts'
import { COMMON_PAYOUT_FAULTS, isPayoutFault, PAYOUT_FAULTS } from '../payouts/faults.ts'
import type { Reporter } from '../reports/createReporter.ts'
import { REPORT_STATUSES } from '../reports/types.ts'
import type { State } from '../state.ts'
import { FAULTS, type Message, type Provider, PROVIDERS } from '../types.ts'

const FaultRuleInput = z.strictObject({
  /** A messaging provider, a network or a payout provider. */
  provider: z.string(),
  fault: z.union([
    z.enum([...new Set([...FAULTS, ...NETWORK_FAULTS, ...PAYOUT_FAULTS, ...COMMON_PAYOUT_FAULTS])]),
    z.templateLiteral(['fails-', z.string()]),
  ]),
  after: z.int().min(0).optional(),
  times: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
  seconds: z.number().min(0).optional(),
  megabytes: z.number().min(1).max(200).optional(),
  seed: z.int().optional(),
  isForLookUps: z.boolean().optional(),
})
const ClockChange = z.strictObject({
  now: z.iso.datetime({ offset: true }).optional(),
  advanceMs: z.int().optional(),
  isTicking: z.boolean().optional(),
})

export type ControlOptions = NetworkControlOptions & {
  providers: Provider[]
  report: Reporter
  payoutWebhooks: PayoutWebhooks
  /** Discards everything that happened. */
  reset: () => void
}

/** Creates the control routes for tests, the demo and people: faults, clock, reports and state. */
export const createControl = (options: ControlOptions): Router => {
  const { payoutWebhooks, providers, report, reset, state } = options
  const { clock, faults } = state
  const router = Router()
  router.use(createNetworkControls(options))
  router.use('/payouts', createPayoutControls({ state, webhooks: payoutWebhooks }))
  router.use(json({ limit: '1mb' }))
  router.use(createReportControls({ report, state }))

  router.get('/faults', (_request, response) => {
    response.json({ faults: faults.list() })
  })
  router.post('/faults', (request, response) => {
    const rule = FaultRuleInput.parse(request.body)
    if (!canShow({ rule, providers, state })) {
      response.status(400).json({ error: `${rule.provider} cannot show ${rule.fault}.` })
      return
    }
    faults.set(rule)
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
    state.bank.moveDue()
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
    reset()
    response.json({ status: 'forgotten' })
  })
  return router
}

const FILTERS = new Set(['provider', 'to', 'id', 'customId'])
/**
 * Faults of the connection, which every provider can show. An opt-out may show in a report only.
 */
const COMMON_FAULTS = new Set<string>(['slow', 'reset-after-accept', 'truncated', 'opted-out'])

type Candidate = { rule: z.output<typeof FaultRuleInput>; providers: Provider[]; state: State }

const canShow = ({ rule: { fault, provider }, providers, state }: Candidate): boolean => {
  const network = state.networks.find(({ name }) => name === provider)
  if (network) return faultsOf(network).some((each) => each === fault)
  const payer = state.payoutProviders.find(({ name }) => name === provider)
  if (payer) return isPayoutFault(fault, payer.faults)
  const known = providers.find(({ name }) => name === provider)
  return known !== undefined && (COMMON_FAULTS.has(fault) || fault in known.refusals)
}

const url = z.url({ protocol: /^https?$/ })
const Webhooks = z.strictObject({
  sendgrid: z.strictObject({ url }).optional(),
  twilio: z.strictObject({ url: url.optional(), publicUrl: url.optional() }).optional(),
  msg91: z
    .strictObject({ url, version: z.enum(['v2', 'v3', 'v4', 'new']).default('v2') })
    .optional(),
})
const Delivery = z.strictObject({
  provider: z.enum(PROVIDERS),
  id: z.string(),
  /** Needed if several recipients share the id. */
  to: z.string().optional(),
  status: z.enum(REPORT_STATUSES),
  code: z.string().optional(),
  duplicates: z.int().min(0).max(1000).optional(),
  outOfOrder: z.boolean().optional(),
})
const Deliveries = z.union([
  z.strictObject({ reports: z.array(Delivery).min(1).max(5000) }).transform((all) => all.reports),
  Delivery.transform((one) => [one]),
])
const AutoDeliver = z.strictObject({ enabled: z.boolean(), delayMs: z.int().min(0).default(0) })
const Templates = z.strictObject({ msg91: z.record(z.string(), z.string()) })

/** Creates the control routes of delivery reports: their targets, and sending them. */
const createReportControls = ({ report, state }: { report: Reporter; state: State }): Router => {
  const router = Router()
  const keys = () => {
    const publicKey = state.sendgridKeys.publicKey.export({ format: 'der', type: 'spki' })
    return { sendgrid: { publicKey: publicKey.toString('base64') } }
  }

  router.get('/webhooks', (_request, response) => {
    response.json({ webhooks: state.webhooks, ...keys() })
  })
  // Providers that are not named keep their webhooks.
  router.post('/webhooks', (request, response) => {
    state.webhooks = { ...state.webhooks, ...Webhooks.parse(request.body) }
    response.json({ webhooks: state.webhooks, ...keys() })
  })
  router.post('/deliver', async (request, response) => {
    const wanted = Deliveries.parse(request.body)
    const ids = new Set(wanted.map(({ id }) => id))
    const known = state.messages.all().filter(({ id }) => ids.has(id))
    const reports = wanted.flatMap(({ id, provider, to, ...rest }) =>
      known
        .filter((each) => each.id === id && each.provider === provider)
        .filter((each) => to === undefined || each.to === to)
        .map((message) => ({ message, ...rest })),
    )
    if (reports.length === 0) {
      response.status(404).json({ error: 'No such message was accepted.' })
      return
    }
    const posts = await report(reports)
    if (posts.length > 0) response.json({ posts })
    else
      response.status(409).json({ error: 'No webhook is set. Use POST /control/webhooks first.' })
  })
  router.get('/reports', (_request, response) => {
    response.json({ reports: state.reports.all(), total: state.reports.total() })
  })
  router.get('/auto-deliver', (_request, response) => {
    response.json(state.autoDeliver)
  })
  router.post('/auto-deliver', (request, response) => {
    state.autoDeliver = AutoDeliver.parse(request.body)
    response.json(state.autoDeliver)
  })
  router.post('/templates', (request, response) => {
    const { msg91 } = Templates.parse(request.body)
    for (const [id, text] of Object.entries(msg91)) state.msg91Templates.set(id, text)
    response.json({ msg91: Object.fromEntries(state.msg91Templates) })
  })
  return router
}
