import { Router } from 'express'
import { z } from 'zod'

import type { Reporter } from '../reports/createReporter.ts'
import { REPORT_STATUSES } from '../reports/types.ts'
import type { State } from '../state.ts'
import { PROVIDERS } from '../types.ts'

const url = z.url({ protocol: /^https?$/ })
const Webhooks = z.strictObject({
  sendgrid: z.strictObject({ url }).optional(),
  twilio: z.strictObject({ url: url.optional(), publicUrl: url.optional() }).optional(),
  msg91: z.strictObject({ url, version: z.enum(['v2', 'v3']).default('v2') }).optional(),
})
const Delivery = z.strictObject({
  provider: z.enum(PROVIDERS),
  id: z.string(),
  /** Where several recipients share the id. */
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

/** Where delivery reports go, and sending them. */
export const reportControls = ({ report, state }: { report: Reporter; state: State }): Router => {
  const router = Router()
  const keys = () => {
    const publicKey = state.sendgridKeys.publicKey.export({ format: 'der', type: 'spki' })
    return { sendgrid: { publicKey: publicKey.toString('base64') } }
  }

  router.get('/webhooks', (_request, response) => {
    response.json({ webhooks: state.webhooks, ...keys() })
  })
  // What is not named stays as it was.
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
    else response.status(409).json({ error: 'Where do reports go? POST /control/webhooks first.' })
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
