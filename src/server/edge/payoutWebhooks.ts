import type { IncomingHttpHeaders } from 'node:http'

import { raw, type RequestHandler, Router } from 'express'
import type { Payload } from 'payload'

import { readDb } from '../../database/readDb.ts'
import { storePayoutReports } from '../../payouts/events/storePayoutReports.ts'
import type { PayoutWebhook } from '../../payouts/openWebhooks.ts'
import { now } from '../../platform/clock.ts'
import { answerWebhookError } from './answerWebhookError.ts'
import { refuseWebhook } from './refuseWebhook.ts'

/** An event of one payout has some 5 kB. */
const MAX_BYTES = 100_000

type Options = { payload: Payload; receivers: readonly PayoutWebhook[] }

/**
 * `POST /webhooks/<provider>` for providers of payouts. A genuine report is stored and answered at
 * once, since providers wait for five seconds; a worker applies it. An unsigned one gets 401, a
 * forged or an old one 403, and 503 means that its signature could not be checked now: none of them
 * is stored. There is no 200 before a report is stored, so that the provider repeats it. A driver
 * that is not set up has no route.
 */
export const payoutWebhooks = ({ payload, receivers }: Options): Router => {
  const router = Router()
  for (const receiver of receivers) {
    // The bytes unchanged: the signature covers them.
    const body = raw({ type: () => true, limit: MAX_BYTES, inflate: false })
    router.post(receiver.route, body, receive(payload, receiver))
  }
  router.use('/webhooks', answerWebhookError(payload))
  return router
}

const receive =
  (payload: Payload, { driver, read }: PayoutWebhook): RequestHandler =>
  async (request, response) => {
    const receivedAt = now()
    const { check, reports } = await read({
      headers: toTexts(request.headers),
      raw: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      now: receivedAt,
    })
    if (check !== 'genuine') {
      refuseWebhook(response, { payload, provider: driver, check })
      return
    }
    await storePayoutReports(await readDb({ payload }), { driver, reports, receivedAt })
    response.json({ received: reports.length })
  }

const toTexts = (headers: IncomingHttpHeaders): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  )
