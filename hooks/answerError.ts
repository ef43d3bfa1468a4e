import type { AfterErrorHook } from 'payload'

import type { DomainError } from '../src/domain/errors.ts'

/** What the client may be told of a refusal by the database; its own words would show SQL. */
const REFUSALS: Record<string, { status: number; code: string; message: string }> = {
  '22P02': { status: 400, code: 'request.malformed-value', message: 'A value is malformed.' },
  '22003': { status: 400, code: 'request.value-too-large', message: 'A value is too large.' },
  '23503': {
    status: 409,
    code: 'request.reference-broken',
    message: 'A row refers to another that is not there, or is still referred to.',
  },
  '23505': { status: 409, code: 'request.not-unique', message: 'A value is taken.' },
  '23514': {
    status: 400,
    code: 'request.rule-broken',
    message: 'A value breaks a rule of the ledger.',
  },
  '40P01': { status: 503, code: 'request.try-again', message: 'Nothing was changed. Try again.' },
  '55P03': { status: 503, code: 'request.try-again', message: 'Nothing was changed. Try again.' },
}

/** Codes whose status is not 400. */
const STATUS: Record<string, number> = {
  'ledger.key-reused': 409,
  'payment.immutable': 409,
  'payment.status-backwards': 409,
  'adjustment.decided': 409,
  'adjustment.own': 403,
  'auth.forbidden': 403,
  'auth.required': 401,
  'request.not-found': 404,
  'user.has-history': 409,
  'wallet.insufficient-funds': 409,
  'ledger.no-transaction': 500,
  'program.not-configured': 500,
}

/**
 * The one place where a broken rule becomes an answer: a stable code, the field, words, and never
 * SQL. What it does not know stays Payload's own answer, which hides its details.
 */
export const answerError: AfterErrorHook = ({ error, graphqlResult, result }) => {
  const known = knownError(error)
  if (!known) return undefined
  const { status, ...told } = known
  if (graphqlResult) {
    return {
      graphqlResult: {
        ...graphqlResult,
        message: told.message,
        extensions: { ...graphqlResult.extensions, ...told, statusCode: status },
      },
    }
  }
  return { status, response: { ...result, errors: [told] } }
}

type Told = { status: number; code: string; message: string; field?: string }

const knownError = (error: unknown, depth = 0): Told | null => {
  if (!(error instanceof Error) || depth > 3) return null
  if (error.name === 'DomainError') {
    const { code, details, message } = error as Pick<DomainError, 'code' | 'details' | 'message'> &
      Error
    const field = typeof details.field === 'string' ? { field: details.field } : {}
    return { status: STATUS[code] ?? 400, code, message, ...field }
  }
  const sqlState = 'code' in error ? REFUSALS[String(error.code)] : undefined
  if (sqlState) return sqlState
  const inner = 'originalError' in error ? error.originalError : error.cause
  return knownError(inner, depth + 1)
}
