import { isDatabaseAway } from '../../src/database/isDatabaseAway.ts'

export type DatabaseRefusal = { status: number; code: string; message: string; field?: string }

export const TRY_AGAIN = {
  status: 503,
  code: 'request.try-again',
  message: 'Nothing was changed. Try again.',
}
const MALFORMED = {
  status: 400,
  code: 'request.malformed-value',
  message: 'A value is malformed.',
}

const INVALID_QUERY = {
  status: 400,
  code: 'request.invalid-query',
  message: 'The query compares a field in a way that it does not support.',
}

/** The answers by PostgreSQL's error code. PostgreSQL's own message would show SQL. */
const REFUSALS: Record<string, DatabaseRefusal> = {
  '22001': { status: 400, code: 'request.value-too-large', message: 'A value is too long.' },
  '22003': { status: 400, code: 'request.value-too-large', message: 'A value is too large.' },
  '22007': MALFORMED,
  '22008': MALFORMED,
  '22009': MALFORMED, // a year of six digits with a sign, read as a time zone
  '22021': MALFORMED, // a NUL character
  '2201W': INVALID_QUERY, // a limit below zero
  '2201X': INVALID_QUERY, // a page below zero
  '22P02': MALFORMED,
  '22P05': MALFORMED,
  '23001': {
    status: 409,
    code: 'request.reference-broken',
    message: 'Other rows refer to this one, or it is never changed.',
  },
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
  '40001': TRY_AGAIN,
  '40P01': TRY_AGAIN,
  '55P03': TRY_AGAIN,
  '57014': TRY_AGAIN,
}

const MISSING = {
  status: 400,
  code: 'request.invalid',
  message: 'This field is required.',
}

/** PostgreSQL's detail of a missing referenced row, with the name of the column. */
const MISSING_REFERENCE = /^Key \((\w+?)(?:_id)?\)=.* is not present/s

/** PostgreSQL's message for an operator that a type does not have, of a column or within JSON. */
const NOT_COMPARABLE = /^operator does not exist: |of jsonpath input$/

type Thrown = Error & { code?: unknown; column?: unknown; detail?: unknown }

/** Returns the answer to an error of the database; null for other errors. */
export const refuseDatabaseError = (error: Error): DatabaseRefusal | null => {
  // Payload's message when the pool has no free connection in time. The work never began.
  if (error.message.startsWith('Error: cannot begin transaction')) return TRY_AGAIN
  if (isDatabaseAway(error)) return TRY_AGAIN
  const { code, column: empty, detail } = error as Thrown
  if (typeof code !== 'string') return null
  if (NOT_COMPARABLE.test(error.message)) return INVALID_QUERY
  if (code === '23502') return { ...MISSING, ...(typeof empty === 'string' ? atField(empty) : {}) }
  const column = typeof detail === 'string' ? MISSING_REFERENCE.exec(detail)?.[1] : undefined
  return code === '23503' && column ? unknownReference(column) : (REFUSALS[code] ?? null)
}

const unknownReference = (column: string): DatabaseRefusal => ({
  status: 400,
  code: 'request.unknown-reference',
  message: 'There is no such row.',
  ...atField(column),
})

/** The field of a column, or of a relation without its "_id". */
const atField = (column: string): { field: string } => ({
  field: column
    .replace(/_id$/, '')
    .replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase()),
})
