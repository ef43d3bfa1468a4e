import { createHash } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { CollectionSlug, Endpoint, PayloadHandler, PayloadRequest } from 'payload'

import { dbIn } from '../../src/database/dbIn.ts'
import { inTransaction } from '../../src/database/inTransaction.ts'
import { readDb } from '../../src/database/readDb.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { notFound } from '../http/notFound.ts'

const KEY = /^[\x20-\x7e]{1,200}$/

/**
 * Honours `Idempotency-Key` on a route: when a sender repeats a request, at once or after a crash,
 * it gets the first answer and nothing happens twice, also after `request.outcome-unknown`: a repeat
 * waits for the lock until the first commit has ended either way. The answer is stored in the database
 * transaction of the request's changes, so that both are stored or neither. Only successful answers
 * are stored; a refused request can be retried with its key. Requests without the header are
 * unchanged. GraphQL ignores the header.
 *
 * @throws DomainError `request.idempotency-key-malformed`, `request.idempotency-key-reused`
 */
export const answerOnce =
  (handler: PayloadHandler): PayloadHandler =>
  async (req) => {
    const key = readKey(req)
    if (key === null || !req.user) return handler(req)

    const sender = `${req.user.collection}:${req.user.id}`
    const request = { key, sender, hash: await hashRequest(req) }
    return inTransaction(req, () => answerUnderLock(request, handler, req))
  }

type KeyedRequest = { key: string; sender: string; hash: string }

/** A malformed header is refused, not treated as missing. */
const readKey = ({ headers }: PayloadRequest): string | null => {
  const key = headers.get('Idempotency-Key')
  if (key === null || KEY.test(key)) return key
  throw new DomainError(
    'request.idempotency-key-malformed',
    'Send 1 to 200 printable characters.',
    { field: 'Idempotency-Key' },
  )
}

const hashRequest = async (req: PayloadRequest): Promise<string> => {
  const body = await req.clone?.().arrayBuffer()
  const path = req.pathname.replace(/\/$/, '')
  return createHash('sha256')
    .update(`${req.method} ${path}${queryOf(req)}\n`)
    .update(new Uint8Array(body ?? new ArrayBuffer()))
    .digest('hex')
}

/** The query is part of the request: `draft` or `depth` make another one. */
const queryOf = ({ url }: PayloadRequest): string => (url ? new URL(url, 'http://x').search : '')

/** Repeats wait for the lock. The next holder sees what the previous one committed. */
const answerUnderLock = async (
  request: KeyedRequest,
  handler: PayloadHandler,
  req: PayloadRequest,
): Promise<Response> => {
  const { hash, key, sender } = request
  const db = await dbIn(req)
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${sender} ${key}`}, 0))`)
  const stored = await loadAnswer(request, req)
  if (stored) return stored

  const response = await handler(req)
  if (!response.ok) return response
  const answer = await response.clone().text()
  await db.execute(sql`
    insert into idempotency_keys (id, sender, key, request_hash, status, answer)
    values (
      time_ordered_uuid(), ${sender}, ${key}, ${hash}, ${response.status}, ${answer}::jsonb)`)
  return response
}

type Stored = { hash: string; status: string; answer: unknown }

const loadAnswer = async (
  { hash, key, sender }: KeyedRequest,
  req: PayloadRequest,
): Promise<Response | null> => {
  const db = await readDb(req)
  const { rows } = await db.execute<Stored>(sql`
    select request_hash as hash, status, answer from idempotency_keys
    where sender = ${sender} and key = ${key}`)
  const [stored] = rows
  if (!stored) return null
  if (stored.hash !== hash) {
    throw new DomainError(
      'request.idempotency-key-reused',
      'This key was used for another request.',
      { field: 'Idempotency-Key' },
    )
  }
  return Response.json(stored.answer, {
    status: Number(stored.status),
    headers: { 'Idempotency-Replayed': 'true' },
  })
}

/**
 * `POST /api/<slug>` that honours `Idempotency-Key`. It precedes Payload's route of the same path
 * and calls it, so the answer is Payload's.
 */
export const createOnce = (slug: string): Endpoint => ({
  path: '/',
  method: 'post',
  handler: answerOnce((req) => findPayloadHandler(slug, req)(req)),
})

/** Payload appends its routes to those of the collection. */
const findPayloadHandler = (slug: string, req: PayloadRequest): PayloadHandler => {
  const { endpoints } = req.payload.collections[slug as CollectionSlug].config
  const route = (endpoints || []).findLast(({ method, path }) => method === 'post' && path === '/')
  if (!route) throw notFound()
  return route.handler
}
