import type { FlattenedField, GlobalBeforeOperationHook, PayloadRequest } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import { findQueryField } from './findQueryField.ts'

type Query = { data?: unknown; depth?: unknown; id?: unknown; sort?: unknown; where?: unknown }
type Context = { fields: readonly FlattenedField[]; operation: string; req: PayloadRequest }

/** Parameters of REST that are objects. Payload ignores most other forms of them, or fails. */
const OBJECTS = ['joins', 'populate', 'select']

/**
 * Refuses the parameters beside the filter that Payload would ignore, or fail on: a depth that is no
 * number, a sort by no field, a change or deletion of all rows that says not which, and a document
 * in the address of a read.
 *
 * @throws DomainError `request.invalid-query`, with the parameter as its field
 */
export const checkParameters = (query: Query, { fields, operation, req }: Context): void => {
  if (isBulkWrite(query, operation) && isEmpty(query.where))
    throw invalid('where', 'Say which rows you mean.')
  // The admin panel's own lists remember a sort, also by a field that is no more.
  if (req.payloadAPI !== 'local') checkSortFields(query.sort, fields, req)
  if (req.payloadAPI === 'REST') checkForms(query, operation, req)
}

/**
 * Refuses a document in the address of the read of a global.
 *
 * @throws DomainError `request.invalid-query`, with `data` as its field
 */
export const checkGlobalRead: GlobalBeforeOperationHook = ({ args, operation, req }) => {
  const { data } = (args ?? {}) as Query
  if (req.payloadAPI === 'REST' && operation === 'read') refuseDocument(data)
}

const refuseDocument = (data: unknown): void => {
  if (data !== undefined) throw invalid('data', 'A document has no place in a read.')
}

const isBulkWrite = ({ id }: Query, operation: string): boolean =>
  id === undefined && ['delete', 'update'].includes(operation)

const isEmpty = (where: unknown): boolean =>
  typeof where !== 'object' || where === null || Object.keys(where).length === 0

/** @throws DomainError `request.invalid-query` when a sort names no field */
export const checkSortFields = (
  sort: unknown,
  fields: readonly FlattenedField[],
  { payload }: PayloadRequest,
): void => {
  const names = typeof sort === 'string' ? sort.split(',') : Array.isArray(sort) ? sort : []
  for (const name of names as unknown[]) {
    const path = String(name).replace(/^-/, '')
    if (path !== '' && !findQueryField(payload, fields, path))
      throw invalid('sort', 'There is no such field to sort by.')
  }
}

const checkForms = ({ data, depth }: Query, operation: string, req: PayloadRequest): void => {
  if (depth !== undefined && !(Number.isInteger(depth) && Number(depth) >= 0))
    throw invalid('depth', 'Send a whole number from 0.')
  if (operation === 'read') refuseDocument(data)
  for (const name of OBJECTS) {
    const given: unknown = req.query[name]
    if (given !== undefined && !isObject(given)) throw invalid(name, 'Send an object.')
  }
  // Payload has replaced every other form by then.
  if ('sort' in req.query && req.query.sort === undefined)
    throw invalid('sort', 'Send the fields as a text.')
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const invalid = (field: string, message: string) =>
  new DomainError('request.invalid-query', message, { field })
