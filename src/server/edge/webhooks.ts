import { raw, type Request, type RequestHandler, Router } from 'express'
import type { Payload } from 'payload'

import { now } from '../../platform/clock.ts'
import { readDb } from '../../database/readDb.ts'
import { storeReports } from '../../messaging/outbox/inboundEvents.ts'
import type { Received, Receiver } from './webhookReceivers.ts'
import { answerWebhookError } from './answerWebhookError.ts'
import { refuseWebhook } from './refuseWebhook.ts'

/**
 * `POST /webhooks/<provider>`: delivery reports. A genuine report is stored and answered at once; a
 * worker applies it. An unsigned report gets 401, a forged or an old one 403, a malformed one 400;
 * none of these is stored. There is no 200 before a report is stored, so that the provider repeats
 * it. A provider that is not configured has no route.
 */
export const webhooks = ({ payload, receivers }: { payload: Payload; receivers: Receiver[] }) => {
  const router = Router()
  for (const receiver of receivers) {
    // The bytes unchanged: JSON that was parsed and written again has another signature.
    const body = raw({ type: () => true, limit: receiver.maxBytes, inflate: false })
    router.post(receiver.route, body, receive(payload, receiver))
  }
  router.post('/webhooks/{*elsewhere}', (_request, response) => {
    const error = { code: 'request.not-found', message: 'There is no such webhook.' }
    response.status(404).json({ errors: [error] })
  })
  router.use('/webhooks', answerWebhookError(payload))
  return router
}

const receive =
  (payload: Payload, { parse, provider, verify }: Receiver): RequestHandler =>
  async (request, response) => {
    const received = readReceived(request)
    const result = verify(received)
    if (result !== 'genuine') {
      refuseWebhook(response, { payload, provider, check: result })
      return
    }
    const events = parse(received)
    const { receivedAt } = received
    await storeReports(await readDb({ payload }), { events, receivedAt })
    response.json({ received: events.length })
  }

const readReceived = (request: Request): Received => {
  const { secret } = request.params
  return {
    header: (name) => request.get(name),
    path: request.originalUrl,
    secret: typeof secret === 'string' ? secret : '',
    rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    receivedAt: now(),
  }
}
