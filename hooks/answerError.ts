import { randomUUID } from 'node:crypto'

import type { AfterErrorHook, PayloadRequest } from 'payload'

import type { DomainError } from '../src/domain/errors.ts'
import { databaseRefusal } from './databaseRefusal.ts'
import { lacksDocument } from './lacksDocument.ts'

/** One refusal as a client reads it. `data` is what the admin panel marks fields by. */
type Entry = {
  code: string
  message: string
  field?: string
  name?: string
  data?: Record<string, unknown>
}
type Told = { status: number; errors: [Entry, ...Entry[]] }

/** Codes whose status is not 400. */
const STATUS: Record<string, number> = {
  'ledger.key-reused': 409,
  'payment.immutable': 409,
  'payment.status-backwards': 409,
  'messaging.unknown-template': 404,
  'network.not-found': 404,
  'network.off': 409,
  'notification.not-dead': 409,
  'notification.erased': 409,
  'adjustment.decided': 409,
  'adjustment.own': 403,
  'assignment.decided': 409,
  'assignment.own': 403,
  'claim.already-tracked': 409,
  'claim.decided': 409,
  'claim.duplicate': 409,
  'claim-file.too-large': 413,
  'claim-file.too-many': 429,
  'claim-file.type': 415,
  'job.already-requested': 409,
  'auth.forbidden': 403,
  'click.no-merchant': 404,
  'click.no-offer': 404,
  'auth.required': 401,
  'quarantine.settled': 409,
  'referral.loop': 409,
  'request.idempotency-key-reused': 409,
  'request.not-found': 404,
  'request.too-large': 413,
  'request.too-many': 429,
  'request.try-again': 503,
  'sale.already-assigned': 409,
  'sale.declined': 409,
  'statement.reference-used': 409,
  'sync.already-asked': 409,
  'user.has-history': 409,
  'wallet.insufficient-funds': 409,
  'ledger.no-transaction': 500,
  'program.not-configured': 500,
}

/** Payload's own refusals by name, where their status does not say enough. */
const NAMED: Record<string, string> = {
  AuthenticationError: 'auth.failed',
  LockedAuth: 'auth.locked',
  QueryError: 'request.invalid-query',
  UnverifiedEmail: 'auth.unverified',
}
const BY_WORDS: Record<string, string> = { 'Invalid JSON': 'request.malformed-body' }
const BY_STATUS: Record<number, string> = {
  401: 'auth.required',
  403: 'auth.forbidden',
  404: 'request.not-found',
  409: 'request.conflict',
  413: 'request.too-large',
  423: 'request.locked',
}

const NO_DOCUMENT: Told = {
  status: 400,
  errors: [{ code: 'request.malformed-body', message: 'Send a JSON object.' }],
}
const FAILED: Told = {
  status: 500,
  errors: [{ code: 'request.failed', message: 'Something went wrong.' }],
}

/**
 * The one place where an error becomes an answer: a stable code, the field, words, the request's
 * id, and never SQL. Over REST each refused field has an entry; GraphQL tells the first. A fault of
 * ours is logged under the same id, so that support can find what the client quotes.
 */
export const answerError: AfterErrorHook = ({ error, graphqlResult, req }) => {
  const { errors, status } = lacksDocument(error, req) ? NO_DOCUMENT : tellError(error)
  const requestId = requestIdOf(req)
  if (status >= 500) {
    const { method, pathname } = req
    req.payload.logger.error({ msg: 'request failed', requestId, method, path: pathname })
  }
  if (!graphqlResult) return { status, response: { errors, requestId } }
  const [{ message, ...told }] = errors
  return {
    graphqlResult: {
      ...graphqlResult,
      message,
      extensions: { ...told, statusCode: status, requestId },
    },
  }
}

/** The edge gives every request an id; what reaches Payload another way gets one here. */
const requestIdOf = (req: Partial<Pick<PayloadRequest, 'headers'>>): string =>
  req.headers?.get('x-request-id') ?? randomUUID()

/** What a client is told of an error: never SQL, never details of a fault of ours. */
const tellError = (error: unknown): Told => toldOf(error) ?? FAILED

const toldOf = (error: unknown, depth = 0): Told | null => {
  if (!(error instanceof Error) || depth > 4) return null
  return (
    domainRefusal(error) ??
    fieldRefusals(error) ??
    fromDatabase(error) ??
    toldOf('originalError' in error ? error.originalError : error.cause, depth + 1) ??
    payloadRefusal(error) ??
    malformed(error)
  )
}

const domainRefusal = (error: Error): Told | null => {
  if (error.name !== 'DomainError') return null // by name: a web process holds the class thrice
  const { code, details, message } = error as Error & Pick<DomainError, 'code' | 'details'>
  const { field } = details
  return {
    status: STATUS[code] ?? 400,
    errors: [typeof field === 'string' ? atField({ code, field, message }) : { code, message }],
  }
}

type Problem = { label?: unknown; message: string; path?: string | null; tableName?: string }

/** One entry a field. Payload tells a value that is taken from others only by naming its table. */
const fieldRefusals = (error: Error): Told | null => {
  const { errors: problems } = (dataOf(error) ?? {}) as { errors?: Problem[] }
  if (error.name !== 'ValidationError' || !problems) return null
  const [first, ...others] = problems.map((problem) => ({
    name: error.name,
    ...atField({
      code: problem.tableName ? 'request.not-unique' : 'request.invalid',
      field: problem.path ?? undefined,
      label: problem.label,
      message: problem.message,
    }),
  }))
  if (!first) return null
  const isTaken = problems.every(({ tableName }) => tableName)
  return { status: isTaken ? 409 : 400, errors: [first, ...others] }
}

const atField = ({
  code,
  field,
  label,
  message,
}: {
  code: string
  field: string | undefined
  label?: unknown
  message: string
}): Entry => ({
  code,
  message,
  ...(field ? { field } : {}),
  data: { errors: [{ ...(label ? { label } : {}), message, path: field }] },
})

const fromDatabase = (error: Error): Told | null => {
  const refusal = databaseRefusal(error)
  if (!refusal) return null
  const { status, ...entry } = refusal
  return { status, errors: [entry] }
}

/** What Payload means for the client to read; its faults have status 500 and stay hidden. */
const payloadRefusal = (error: Error): Told | null => {
  const { isPublic, status } = error as { isPublic?: boolean; status?: unknown }
  if (typeof status !== 'number' || status < 400 || status >= 500 || isPublic === false) return null
  const data = dataOf(error) as { code?: unknown; 0?: { path?: unknown } } | undefined
  const field = data?.[0]?.path
  const code =
    typeof data?.code === 'string'
      ? data.code
      : (NAMED[error.name] ?? BY_WORDS[error.message] ?? BY_STATUS[status] ?? 'request.invalid')
  return {
    status,
    errors: [{ code, message: error.message, ...(typeof field === 'string' ? { field } : {}) }],
  }
}

/** Text of the client's that does not parse, and GraphQL's own refusals: those that wrap nothing. */
const malformed = (error: Error): Told | null => {
  const { message, name } = error
  if (name === 'SyntaxError' && message.includes('JSON')) {
    const words = 'The request holds JSON that is malformed.'
    return { status: 400, errors: [{ code: 'request.malformed-value', message: words }] }
  }
  return name === 'GraphQLError' && !(error as { originalError?: unknown }).originalError
    ? { status: 400, errors: [{ code: 'request.invalid', message }] }
    : null
}

const dataOf = (error: Error): unknown => (error as { data?: unknown }).data ?? undefined
