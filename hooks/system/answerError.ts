import { randomUUID } from 'node:crypto'

import type { AfterErrorHook, PayloadRequest } from 'payload'

import type { DomainError } from '../../src/domain/errors.ts'
import { hasCommitted } from '../../src/database/inTransaction.ts'
import { wasDatabaseAway } from '../../src/database/noteDatabaseLoss.ts'
import { STATUS } from './errorStatus.ts'
import { refuseDatabaseError, TRY_AGAIN } from './refuseDatabaseError.ts'

/** One error as a client reads it. The admin panel marks fields by `data`. */
type Entry = {
  code: string
  message: string
  field?: string
  name?: string
  data?: Record<string, unknown>
}
type Answer = { status: number; errors: [Entry, ...Entry[]] }

/** Codes of Payload's errors by name, where their status is not specific enough. */
const NAMED: Record<string, string> = {
  AuthenticationError: 'auth.failed',
  LockedAuth: 'auth.locked',
  QueryError: 'request.invalid-query',
  UnverifiedEmail: 'auth.unverified',
}
const BY_MESSAGE: Record<string, string> = { 'Invalid JSON': 'request.malformed-body' }
const BY_STATUS: Record<number, string> = {
  401: 'auth.required',
  403: 'auth.forbidden',
  404: 'request.not-found',
  409: 'request.conflict',
  413: 'request.too-large',
  423: 'request.locked',
}

/** The errors of the parser of forms, which Payload passes on as internal ones. */
const BAD_FORM =
  /^(Malformed (content type|part header)|Missing Content-Type|Multipart: Boundary not found|Request is not eligible for file upload|Unexpected end of (file|form))$/

const NO_DOCUMENT: Answer = {
  status: 400,
  errors: [{ code: 'request.malformed-body', message: 'Send a JSON object.' }],
}
const FAILED: Answer = {
  status: 500,
  errors: [{ code: 'request.failed', message: 'Something went wrong.' }],
}

/** An earlier part of the request was committed, so `request.try-again` would not be true. */
const IN_PART: Answer = {
  status: 503,
  errors: [
    {
      code: 'request.outcome-unknown',
      message: 'A part of this was stored. Look it up before you send it again.',
    },
  ],
}

/**
 * Turns every error into the answer: a stable code, the field, a message, the request's id, and
 * never SQL. REST has an entry for each refused field; GraphQL has the first. An internal error is
 * logged under the same id, so that support can find what the client quotes.
 */
export const answerError: AfterErrorHook = ({ error, graphqlResult, req }) => {
  const { errors, status } = describe(error, req)
  const requestId = readRequestId(req)
  if (status >= 500) {
    const { method, pathname } = req
    const clientRequestId = req.headers.get('x-tributary-client-request-id') ?? undefined
    const ids = { requestId, clientRequestId }
    req.payload.logger.error({ msg: 'request failed', ...ids, method, path: pathname })
  }
  if (!graphqlResult) return { status, response: { errors, requestId } }
  const [{ message, ...rest }] = errors
  return {
    graphqlResult: {
      ...graphqlResult,
      message,
      extensions: { ...rest, statusCode: status, requestId },
    },
  }
}

const describe = (error: unknown, req: PayloadRequest): Answer => {
  const answer = lacksDocument(error, req) ? NO_DOCUMENT : toAnswer(error)
  if (answer.errors[0].code === TRY_AGAIN.code && hasCommitted(req)) return IN_PART
  // Judged without the account that sent it, so no refusal of it is to be believed.
  if (answer.status >= 500 || !wasDatabaseAway(req)) return answer
  const { status, ...entry } = TRY_AGAIN
  return { status, errors: [entry] }
}

/** The edge gives every request an id. A request that bypasses the edge gets one here. */
const readRequestId = (req: Partial<Pick<PayloadRequest, 'headers'>>): string =>
  req.headers?.get('x-request-id') ?? randomUUID()

/** Returns what a client may read of an error: never SQL, no details of an internal error. */
const toAnswer = (error: unknown): Answer => findRefusal(error) ?? FAILED

const findRefusal = (error: unknown, depth = 0): Answer | null => {
  if (!(error instanceof Error) || depth > 4) return null
  return (
    fromDomainError(error) ??
    fromValidationError(error) ??
    fromDatabase(error) ??
    findRefusal('originalError' in error ? error.originalError : error.cause, depth + 1) ??
    fromPayloadError(error) ??
    fromParseError(error)
  )
}

const fromDomainError = (error: Error): Answer | null => {
  // Compared by name, because a web process has three copies of the class.
  if (error.name !== 'DomainError') return null
  const { code, details, message } = error as Error & Pick<DomainError, 'code' | 'details'>
  const { field } = details
  return {
    status: STATUS[code] ?? 400,
    errors: [typeof field === 'string' ? atField({ code, field, message }) : { code, message }],
  }
}

type Problem = { label?: unknown; message: string; path?: string | null; tableName?: string }

/** One entry per field. Only for a value that is not unique does Payload name the table. */
const fromValidationError = (error: Error): Answer | null => {
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

const fromDatabase = (error: Error): Answer | null => {
  const refusal = refuseDatabaseError(error)
  if (!refusal) return null
  const { status, ...entry } = refusal
  return { status, errors: [entry] }
}

/** Payload's public errors. Its internal errors have status 500 and stay hidden. */
const fromPayloadError = (error: Error): Answer | null => {
  const { isPublic, status } = error as { isPublic?: boolean; status?: unknown }
  if (typeof status !== 'number' || status < 400 || status >= 500 || isPublic === false) return null
  const data = dataOf(error) as { code?: unknown; 0?: { path?: unknown } } | undefined
  const field = data?.[0]?.path
  const code =
    typeof data?.code === 'string'
      ? data.code
      : (NAMED[error.name] ?? BY_MESSAGE[error.message] ?? BY_STATUS[status] ?? 'request.invalid')
  return {
    status,
    errors: [{ code, message: error.message, ...(typeof field === 'string' ? { field } : {}) }],
  }
}

/** Input that does not parse, and GraphQL's own errors, which wrap no other error. */
const fromParseError = (error: Error): Answer | null => {
  const { message, name } = error
  if (BAD_FORM.test(message)) {
    const text = 'The form cannot be read.'
    return { status: 400, errors: [{ code: 'request.malformed-body', message: text }] }
  }
  if (name === 'SyntaxError' && message.includes('JSON')) {
    const text = 'The request contains malformed JSON.'
    return { status: 400, errors: [{ code: 'request.malformed-value', message: text }] }
  }
  return name === 'GraphQLError' && !(error as { originalError?: unknown }).originalError
    ? { status: 400, errors: [{ code: 'request.invalid', message }] }
    : null
}

const dataOf = (error: Error): unknown => (error as { data?: unknown }).data ?? undefined

/** `/api/<collection>[/<id>]` and `/api/globals/<global>`, which take a document. */
const DOCUMENT_ROUTE = /^\/api\/(globals\/)?[\w-]+(\/[\w-]+)?\/?$/

/**
 * True when Payload failed on a body without a document. Payload reports an internal error, but it
 * is the sender's mistake.
 */
const lacksDocument = (error: unknown, { data, method, pathname }: PayloadRequest): boolean =>
  error instanceof TypeError &&
  ['PATCH', 'POST'].includes(method ?? '') &&
  DOCUMENT_ROUTE.test(pathname) &&
  !isDocument(data)

const isDocument = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && !Array.isArray(data)
