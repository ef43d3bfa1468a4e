import { raw, type Request, type RequestHandler, Router } from 'express'
import type { Payload } from 'payload'

import { now } from '../../clock.ts'
import { readerOf } from '../../ledger/readerOf.ts'
import { storeEvents } from '../../outbox/storeEvents.ts'
import type { Received, Receiver } from './receiversOf.ts'
import { webhookFailed } from './webhookFailed.ts'

/**
 * `POST /webhooks/<provider>`: delivery reports. A genuine one is stored and answered at once; a
 * worker applies it. What is unsigned gets 401, what is forged or old 403, and nothing of it is
 * kept; what cannot be read 400. Until it is stored there is no 200, so that the provider comes
 * again. A provider that is not configured is not there.
 */
export const webhooks = ({ payload, receivers }: { payload: Payload; receivers: Receiver[] }) => {
  const router = Router()
  for (const receiver of receivers) {
    // The bytes as they came: JSON that was parsed and written again has another signature.
    const body = raw({ type: () => true, limit: receiver.mostBytes, inflate: false })
    router.post(receiver.route, body, receive(payload, receiver))
  }
  router.post('/webhooks/{*elsewhere}', (_request, response) => {
    response.status(404).json(refusal('request.not-found', 'There is no such webhook.'))
  })
  router.use('/webhooks', webhookFailed(payload))
  return router
}

const receive =
  (payload: Payload, { parse, provider, verify }: Receiver): RequestHandler =>
  async (request, response) => {
    const received = receivedOf(request)
    const verdict = verify(received)
    if (verdict !== 'genuine') {
      payload.logger.warn({ msg: 'webhook refused', provider, verdict })
      const status = verdict === 'unsigned' ? 401 : 403
      response.status(status).json(refusal(`webhook.${verdict}`, `This report is ${verdict}.`))
      return
    }
    const events = parse(received)
    const { receivedAt } = received
    await storeEvents(await readerOf({ payload }), { events, receivedAt })
    response.json({ received: events.length })
  }

const receivedOf = (request: Request): Received => {
  const { secret } = request.params
  return {
    header: (name) => request.get(name),
    path: request.originalUrl,
    secret: typeof secret === 'string' ? secret : '',
    rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    receivedAt: now(),
  }
}

const refusal = (code: string, message: string) => ({ errors: [{ code, message }] })
