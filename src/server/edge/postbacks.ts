import { raw, type Request, type RequestHandler, type Response, Router } from 'express'
import type { Payload } from 'payload'

import { postbackSecret } from '../../cashback/ingestion/postbacks/postbackAddress.ts'
import { storePostback } from '../../cashback/ingestion/postbacks/storePostback.ts'
import { networksOptions } from '../../cashback/ingestion/sync/networksOptions.ts'
import { loadPostbackNetwork, type PostbackNetwork } from '../../cashback/ingestion/networkStore.ts'
import { hashPostback, withoutSecret } from '../../cashback/networks/parts/postbacks.ts'
import { readDb } from '../../database/readDb.ts'
import { toStorableText } from '../../database/toJson.ts'
import { DomainError } from '../../domain/errors.ts'
import { isSameSecret } from '../../messaging/webhooks/isSameSecret.ts'
import { now } from '../../platform/clock.ts'
import { answerWebhookError } from './answerWebhookError.ts'

const MAX_BYTES = 64_000

/**
 * `GET|POST /postbacks/<network's id>/<secret>`: a network reports a transaction. The report is
 * stored and answered at once; a worker applies it. There is no 200 before it is stored. A wrong
 * secret, an unknown network and a network that is off get the same answer; their reports are
 * neither stored nor logged.
 */
export const postbacks = ({ payload }: { payload: Payload }): Router => {
  const router = Router()
  const body = raw({ type: () => true, limit: MAX_BYTES, inflate: false })
  // The sender is checked first: the body of an unknown sender is not read.
  router.all('/postbacks/:network/:secret', authenticateNetwork(payload), body, take(payload))
  router.use('/postbacks', (_request, response) => {
    refuse(response)
  })
  router.use('/postbacks', answerWebhookError(payload))
  return router
}

const authenticateNetwork =
  (payload: Payload): RequestHandler =>
  async (request, response, next) => {
    const { network: id, secret } = request.params
    const network = await loadPostbackNetwork(await readDb({ payload }), String(id))
    const { encryptionKey } = networksOptions(payload)
    // Also computed for an unknown network, so that the response time reveals nothing.
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
    const fields = readPostbackFields(partsOf(request))
    const db = await readDb({ payload })
    const eventId = hashPostback(fields)
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

type PostbackRequest = { path: string; contentType: string | undefined; body: Buffer | null }

/**
 * Reads a postback's fields from its address and from its body, a form or a JSON object. The body
 * wins. Values are texts, without characters that PostgreSQL cannot store, and without secrets.
 *
 * @throws DomainError `request.malformed-body` the body does not match its content type
 */
const readPostbackFields = ({
  body,
  contentType,
  path,
}: PostbackRequest): Record<string, string> => {
  const query = [...new URL(path, 'http://localhost').searchParams]
  const fields = body?.length ? [...query, ...parseBody(body.toString(), contentType)] : query
  return withoutSecret(
    Object.fromEntries(fields.map(([name, value]) => [clean(name), clean(value)])),
  )
}

const parseBody = (text: string, contentType = ''): [string, string][] =>
  /\bjson\b/i.test(contentType) || text.trimStart().startsWith('{')
    ? parseJson(text)
    : [...new URLSearchParams(text)]

const parseJson = (text: string): [string, string][] => {
  const parsed = parse(text)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw malformed()
  return Object.entries(parsed as Record<string, unknown>).flatMap(([name, value]) =>
    value === null ? [] : [[name, toText(value)]],
  )
}

/** An integer above 2^53, such as an id, has lost digits in JSON.parse, so it is refused. */
const toText = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'object') return writeJson(value)
  if (typeof value !== 'number') return JSON.stringify(value)
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw malformed()
  return String(value)
}

/** Writing is recursive and fails on thousands of levels. */
const writeJson = (value: unknown): string => {
  try {
    return JSON.stringify(value)
  } catch {
    throw malformed()
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw malformed()
  }
}

const malformed = () => new DomainError('request.malformed-body', 'The body cannot be read.')

const clean = (text: string): string => toStorableText('', text) as string
