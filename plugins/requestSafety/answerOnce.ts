import { createHash } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { PayloadHandler, PayloadRequest } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import { inTransaction } from '../../src/ledger/inTransaction.ts'
import { readerOf } from '../../src/ledger/readerOf.ts'
import { transactionOf } from '../../src/ledger/transactionOf.ts'

const KEY = /^[\x20-\x7e]{1,200}$/

/**
 * Honours `Idempotency-Key` on a route: the same sender's repeat of a request gets the first
 * answer, and nothing happens twice, however often, at once or after a crash it is sent. The
 * answer is stored in the transaction of the work itself, so that both are kept or neither. Only
 * answers of success are stored; a refused request may be tried again under its key. Without the
 * header the route is as it was. GraphQL does not read the header.
 *
 * @throws DomainError `request.idempotency-key-malformed`, `request.idempotency-key-reused`
 */
export const answerOnce =
  (handler: PayloadHandler): PayloadHandler =>
  async (req) => {
    const key = keyOf(req)
    if (key === null || !req.user) return handler(req)

    const sender = `${req.user.collection}:${req.user.id}`
    const request = { key, sender, hash: await hashOf(req) }
    const response = await inTransaction(req, () => answerUnderLock(request, handler, req))
    if (response.ok) await requireKept(request, req)
    return response
  }

type KeyedRequest = { key: string; sender: string; hash: string }

/** A header that is there but cannot be a key is a mistake of the sender's, not an absent one. */
const keyOf = ({ headers }: PayloadRequest): string | null => {
  const key = headers.get('Idempotency-Key')
  if (key === null || KEY.test(key)) return key
  throw new DomainError(
    'request.idempotency-key-malformed',
    'Send 1 to 200 printable characters.',
    { field: 'Idempotency-Key' },
  )
}

const hashOf = async (req: PayloadRequest): Promise<string> => {
  const body = await req.clone?.().arrayBuffer()
  const path = req.pathname.replace(/\/$/, '')
  return createHash('sha256')
    .update(`${req.method} ${path}\n`)
    .update(new Uint8Array(body ?? new ArrayBuffer()))
    .digest('hex')
}

/** Repeats wait for the lock; whoever gets it next sees what its holder has committed. */
const answerUnderLock = async (
  request: KeyedRequest,
  handler: PayloadHandler,
  req: PayloadRequest,
): Promise<Response> => {
  const { hash, key, sender } = request
  const db = await transactionOf(req)
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${sender} ${key}`}, 0))`)
  const stored = await storedAnswer(request, req)
  if (stored) return stored

  const response = await handler(req)
  if (!response.ok) return response
  const answer = await response.clone().text()
  await db.execute(sql`
    insert into idempotency_keys (id, sender, key, request_hash, status, answer)
    values (time_ordered_uuid(), ${sender}, ${key}, ${hash}, ${response.status}, ${answer}::jsonb)`)
  return response
}

type Stored = { hash: string; status: string; answer: unknown }

const storedAnswer = async (
  { hash, key, sender }: KeyedRequest,
  req: PayloadRequest,
): Promise<Response | null> => {
  const db = await readerOf(req)
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
 * Looks whether the commit was one: the adapter passes over a COMMIT that failed, and the sender
 * would hear of money that is not there.
 */
const requireKept = async (request: KeyedRequest, req: PayloadRequest): Promise<void> => {
  if (await storedAnswer(request, req)) return
  throw new DomainError('request.try-again', 'Nothing was changed. Try again.')
}
