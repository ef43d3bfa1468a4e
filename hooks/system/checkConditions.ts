import type { FlattenedField, Payload } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import { findQueryField, type QueryField } from './findQueryField.ts'

type Entity = { payload: Payload; fields: readonly FlattenedField[] }
type Condition = { path: string; operator: string; value: unknown; target: QueryField }

const LISTS = ['in', 'not_in']
const PATTERNS = ['like', 'not_like', 'contains']
const ORDERS = ['greater_than', 'greater_than_equal', 'less_than', 'less_than_equal']
const OPERATORS = ['equals', 'not_equals', 'exists', ...LISTS, ...PATTERNS, ...ORDERS]

/**
 * Refuses a filter that Payload would read otherwise than its sender meant. Payload drops a
 * condition that is no object, takes an id that is none for "is empty", and puts a date that is none
 * into SQL as nothing, so that a query finds more rows than it asked for, or fails.
 *
 * @throws DomainError `request.invalid-query` for a field, an operator or a form that does not exist
 * @throws DomainError `request.malformed-value` for a value that the field cannot have; both name
 *   the field
 */
export const checkConditions = (where: unknown, entity: Entity): void => {
  if (where === undefined || where === null || where === '') return
  if (!isPlain(where)) throw invalid('where', 'Send the filter as an object.')
  for (const [path, given] of Object.entries(where)) {
    if (['and', 'or'].includes(path.toLowerCase())) checkParts(path, given, entity)
    else checkField(path, given, entity)
  }
}

const checkParts = (path: string, parts: unknown, entity: Entity): void => {
  if (!Array.isArray(parts)) throw invalid(path, 'Send a list of filters.')
  for (const part of parts as unknown[]) {
    if (!isPlain(part)) throw invalid(path, 'Send a list of filters.')
    checkConditions(part, entity)
  }
}

const checkField = (path: string, given: unknown, { fields, payload }: Entity): void => {
  const target = findQueryField(payload, fields, path)
  if (!target) throw invalid(path, 'There is no such field.')
  if (!isPlain(given) || Object.keys(given).length === 0)
    throw invalid(path, 'Send an operator and a value.')
  for (const [operator, value] of Object.entries(given)) {
    if (!OPERATORS.includes(operator)) throw invalid(path, 'There is no such operator here.')
    checkValue({ path, operator, value, target })
  }
}

const checkValue = (condition: Condition): void => {
  const { operator, path, value } = condition
  if (operator === 'exists') {
    const isPart = condition.target.kind === 'part'
    // Within JSON, Payload takes the text "false" for true.
    if (value === true || value === false || value === 'true') return
    if (value !== 'false' || isPart) throw malformed(path, 'Send true or false.')
    return
  }
  checkOperator(condition)
  for (const one of valuesOf(condition)) {
    if (!isScalar(one)) throw malformed(path, 'Send a text, a number, true, false or null.')
    if (typeof one === 'string' && one.includes('\0'))
      throw malformed(path, 'A text cannot contain the character NUL.')
    if (!fits(one, condition)) throw malformed(path, 'The value does not fit the field.')
  }
}

/** Only `in` and `not_in` take a list; a text with commas is one, as in an address. */
const valuesOf = ({ operator, path, value }: Condition): unknown[] => {
  if (!LISTS.includes(operator)) return [value]
  // Payload takes the text "null" for no list at all.
  if (typeof value === 'string' && value !== 'null') return value === '' ? [] : value.split(',')
  if (typeof value === 'number') return [value]
  if (Array.isArray(value)) return value
  throw malformed(path, 'Send a list of values.')
}

const TEXTS = ['text', 'textarea', 'email', 'code']

const checkOperator = ({ operator, path, target, value }: Condition): void => {
  const cannot = () => invalid(path, 'This field cannot be compared so.')
  if (target.kind === 'part' && ORDERS.includes(operator)) throw cannot()
  if (!PATTERNS.includes(operator)) return
  // Payload splits and joins what it is given here.
  if (typeof value !== 'string') throw malformed(path, 'Send a text.')
  if (target.kind === 'field' && !hasPattern(target.field, operator)) throw cannot()
  if (target.kind === 'id' && operator !== 'like') throw cannot()
}

/** Of a number and a relation, `like` means `equals`. */
const hasPattern = (field: FlattenedField, operator: string): boolean =>
  TEXTS.includes(field.type) ||
  (operator === 'like' && ['number', 'relationship'].includes(field.type)) ||
  (operator === 'contains' && 'hasMany' in field && field.hasMany === true)

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i

const fits = (value: unknown, { operator, target }: Condition): boolean => {
  // The admin panel asks for `id` not equal to an empty text when it means all rows.
  if (value === null || value === '' || value === 'null') return true
  if (target.kind === 'id') return operator === 'like' || isText(value, UUID)
  if (target.kind !== 'field') return true
  const { field } = target
  switch (field.type) {
    case 'relationship':
      return typeof field.relationTo !== 'string' || isText(value, UUID)
    case 'number':
      return typeof value === 'number' || isText(value, NUMBER)
    case 'checkbox':
      return typeof value === 'boolean' || isText(value, /^(true|false)$/i)
    case 'date':
      return isDate(value)
    default:
      return true
  }
}

const DATE = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/

/** ISO 8601 with a year of four digits. `Date` takes "1" for a year and the 30th of February. */
const isDate = (value: unknown): boolean => {
  if (value instanceof Date) return isInRange(value)
  const day = typeof value === 'string' ? DATE.exec(value)?.[1] : undefined
  if (day === undefined || !isInRange(new Date(String(value)))) return false
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

/** Whole years of four digits, whatever the time zone. */
const isInRange = (date: Date): boolean => {
  const year = date.getUTCFullYear()
  return year >= 1 && year <= 9_998
}

const isText = (value: unknown, form: RegExp): boolean =>
  typeof value === 'string' && form.test(value.trim())

const isScalar = (value: unknown): boolean =>
  value === null ||
  ['boolean', 'string'].includes(typeof value) ||
  Number.isFinite(value) ||
  value instanceof Date

/** GraphQL gives objects without a prototype. */
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)

const invalid = (field: string, message: string) =>
  new DomainError('request.invalid-query', message, { field })
const malformed = (field: string, message: string) =>
  new DomainError('request.malformed-value', message, { field })
