import type { CollectionBeforeOperationHook } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import { isByStaff } from '../../src/platform/audit/findActor.ts'
import { checkConditions } from './checkConditions.ts'
import { checkParameters } from './checkParameters.ts'

/** The most rows in one answer, whatever limit the request sends. */
const MAX_ROWS = 500
const MAX_PAGE = 1_000_000

type Limited = { limit?: unknown; sort?: unknown; where?: unknown }
type Query = Limited & {
  id?: unknown
  currentDepth?: unknown
  joins?: false | Record<string, false | Limited>
  page?: unknown
  pagination?: boolean
}

/**
 * Keeps requests from reading a whole table. A list holds at most 500 rows: `limit=0`, a larger
 * limit and `pagination=false` are capped without an error. A query that would be too expensive, or
 * that could be read in two ways, is refused. Internal calls that override access are not capped,
 * because jobs read everything.
 *
 * @throws DomainError `request.query-too-deep`, `request.invalid-query`, `request.malformed-value`
 */
export const capLists: CollectionBeforeOperationHook = ({
  args,
  collection: { flattenedFields },
  operation,
  overrideAccess,
  req,
}) => {
  const query = args as Query
  // Payload's loader of related rows sets currentDepth. The list that they belong to bounds them.
  if (overrideAccess === true || query.currentDepth !== undefined) return
  const isStaff = isByStaff(req)
  checkCosts(query, isStaff)
  checkParameters(query, { fields: flattenedFields, operation, req })
  checkConditions(query.where, { fields: flattenedFields, payload: req.payload })
  if (operation !== 'read' || query.id !== undefined) return

  checkPage(query.page)
  return {
    ...args,
    limit: capLimit(query.limit, query.pagination === false),
    ...(query.joins ? { joins: capJoins(query.joins, isStaff) } : {}),
  }
}

const checkCosts = ({ sort, where }: Limited, isStaff: boolean) => {
  checkWhere(where)
  checkSort(sort, { isStaff })
}

const capLimit = (limit: unknown, isUnpaged = false): number | undefined => {
  if (limit === undefined || limit === null) return isUnpaged ? MAX_ROWS : undefined
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 0) throw malformed('limit')
  return limit === 0 ? MAX_ROWS : Math.min(limit, MAX_ROWS)
}

const capJoins = (joins: Record<string, false | Limited>, isStaff: boolean) =>
  Object.fromEntries(
    Object.entries(joins).map(([name, join]) => {
      if (join) checkCosts(join, isStaff)
      return [name, join && { ...join, limit: capLimit(join.limit) }]
    }),
  )

const checkPage = (page: unknown) => {
  if (page === undefined || page === null) return
  const isPage = typeof page === 'number' && Number.isInteger(page)
  if (!isPage || page < 0 || page > MAX_PAGE) throw malformed('page')
}

const malformed = (field: string) =>
  new DomainError('request.invalid-query', 'Send a whole number from 0.', { field })

const MAX_FIELDS = 10
const MAX_RELATIONS = 5

/**
 * Refuses an expensive sort: by more than 10 fields, or by a field more than 5 relations away, each
 * of which is a join. Only staff may sort by fields of related rows: Payload does not check whether
 * the sender may read them, and the order would reveal their values.
 *
 * @throws DomainError `request.query-too-deep`, `request.invalid-query`
 */
export const checkSort = (sort: unknown, { isStaff }: { isStaff: boolean }): void => {
  const fields = typeof sort === 'string' ? sort.split(',') : Array.isArray(sort) ? sort : []
  if (!isStaff && fields.some(isRelated)) {
    throw new DomainError('request.invalid-query', 'Sort by a field of the row itself.', {
      field: 'sort',
    })
  }
  if (fields.length <= MAX_FIELDS && fields.every(isNear)) return
  throw new DomainError('request.query-too-deep', 'The sort is too deep. Request less at once.', {
    field: 'sort',
  })
}

const isNear = (field: unknown): boolean => String(field).split('.').length <= MAX_RELATIONS + 1

/** Payload also reads two underscores as a dot. */
const isRelated = (field: unknown): boolean => /\.|__/.test(String(field))

const MAX_LEVELS = 5
const MAX_CONDITIONS = 50
const MAX_VALUES = 500
/** Operators that take a list. In a URL it is a text with commas. */
const LISTS = ['in', 'not_in']
/** Operators of Payload that its PostgreSQL adapter does not have without geographic points. */
const ABSENT = ['all', 'intersects', 'near', 'within']

/**
 * Refuses an expensive filter: `and`/`or` nested deeper than 5, a path over more than 5 relations,
 * more than 50 conditions, a list of more than 500 values. Also refuses operators that the database
 * does not have.
 *
 * @throws DomainError `request.query-too-deep`, `request.invalid-query`
 */
export const checkWhere = (where: unknown): void => {
  countConditions(where, 0)
}

const countConditions = (where: unknown, level: number): number => {
  if (level > MAX_LEVELS) throw tooDeep()
  let count = 0
  for (const [key, value] of entriesOf(where)) {
    if (['and', 'or'].includes(key.toLowerCase())) {
      for (const [, part] of entriesOf(value)) count += countConditions(part, level + 1)
    } else {
      if (key.split('.').length > MAX_LEVELS + 1) throw tooDeep()
      count += countOperators(key, value)
    }
    if (count > MAX_CONDITIONS) throw tooDeep()
  }
  return count
}

const countOperators = (field: string, condition: unknown): number => {
  const operators = entriesOf(condition)
  for (const [operator, value] of operators) {
    if (ABSENT.includes(operator)) {
      const message = `There is no operator "${operator}" here.`
      throw new DomainError('request.invalid-query', message, { field })
    }
    if (LISTS.includes(operator) && lengthOf(value) > MAX_VALUES) throw tooDeep()
  }
  return Math.max(operators.length, 1)
}

const lengthOf = (list: unknown): number =>
  typeof list === 'string' ? list.split(',').length : entriesOf(list).length

/** The entries of an object or a list; other values have none. */
const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []

const tooDeep = () =>
  new DomainError('request.query-too-deep', 'The query is too deep. Request less at once.', {
    field: 'where',
  })
