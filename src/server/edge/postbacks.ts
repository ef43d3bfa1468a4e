import { raw, type Request, type RequestHandler, type Response, Router } from 'express'
import type { Payload } from 'payload'

import { now } from '../../clock.ts'
import { readerOf } from '../../ledger/readerOf.ts'
import { isSameSecret } from '../../messaging/webhooks/isSameSecret.ts'
import { postbackId } from '../../networks/parts/postbackId.ts'
import { networksOf } from '../../sync/networksOf.ts'
import { postbackSecret } from '../../sync/postbackAddress.ts'
import { postbackNetwork, type PostbackNetwork } from '../../sync/postbackNetwork.ts'
import { storePostback } from '../../sync/storePostback.ts'
import { fieldsOf } from './fieldsOf.ts'
import { webhookFailed } from './webhookFailed.ts'

const MOST_BYTES = 64_000

/**
 * `GET|POST /postbacks/<network's id>/<secret>`: what a network tells of a sale. Stored and
 * answered at once; a worker applies it. Until it is stored there is no 200. A wrong secret, a
 * network that nobody knows and one that is off are answered alike, and nothing of it is kept or
 * logged.
 */
export const postbacks = ({ payload }: { payload: Payload }): Router => {
  const router = Router()
  const body = raw({ type: () => true, limit: MOST_BYTES, inflate: false })
  // The sender comes first: of strangers no body is read.
  router.all('/postbacks/:network/:secret', recognise(payload), body, take(payload))
  router.use('/postbacks', (_request, response) => {
    refuse(response)
  })
  router.use('/postbacks', webhookFailed(payload))
  return router
}

const recognise =
  (payload: Payload): RequestHandler =>
  async (request, response, next) => {
    const { network: id, secret } = request.params
    const network = await postbackNetwork(await readerOf({ payload }), String(id))
    const { encryptionKey } = networksOf(payload)
    // Also of a network that is not there, so that the time tells nothing.
    const expected = network ?? { id: 'none', postbackVersion: 0 }
    const known = postbackSecret({ encryptionKey, network: expected })
    const isGenuine = isSameSecret(known, String(secret)) && network?.isOn === true
    if (!isGenuine || !['GET', 'POST'].includes(request.method)) {
      refuse(response)
      return
    }
    response.locals.network = network
    next()
  }

const take =
  (payload: Payload): RequestHandler =>
  async (request, response) => {
    const network = response.locals.network as PostbackNetwork
    const fields = fieldsOf(partsOf(request))
    const db = await readerOf({ payload })
    const eventId = postbackId(fields)
    await storePostback(db, { network: network.id, fields, eventId, receivedAt: now() })
    response.set('Cache-Control', 'no-store').json({ received: 1 })
  }

const partsOf = (request: Request) => ({
  path: request.originalUrl,
  contentType: request.get('content-type'),
  body: request.method === 'POST' && Buffer.isBuffer(request.body) ? request.body : null,
})

const refuse = (response: Response): void => {
  response.status(404).json({ errors: [{ code: 'request.not-found', message: 'Not found.' }] })
}
