import type { CollectionBeforeOperationHook } from 'payload'

import { DomainError } from '../src/domain/errors.ts'
import { isByStaff } from '../src/audit/actorOf.ts'
import { checkSort } from './checkSort.ts'
import { checkWhere } from './checkWhere.ts'

/** As many rows as one answer holds, whatever its request asks for. */
const MOST_ROWS = 500
const MOST_PAGES = 1_000_000

type Limited = { limit?: unknown; sort?: unknown; where?: unknown }
type Query = Limited & {
  id?: unknown
  currentDepth?: unknown
  joins?: false | Record<string, false | Limited>
  page?: unknown
  pagination?: boolean
}

/**
 * No request reads a whole table: a list holds at most 500 rows (`limit=0`, more, and
 * `pagination=false` are capped without a word), and a query no more than the database answers in
 * a moment. Calls of our own that skip access are left alone, since jobs read everything.
 *
 * @throws DomainError `request.query-too-deep`, `request.invalid-query`
 */
export const capLists: CollectionBeforeOperationHook = ({
  args,
  operation,
  overrideAccess,
  req,
}) => {
  const query = args as Query
  // Payload's own loader of related rows, bounded by the list they belong to, says how deep it is.
  if (overrideAccess === true || query.currentDepth !== undefined) return
  const isStaff = isByStaff(req)
  checkCosts(query, isStaff)
  if (operation !== 'read' || query.id !== undefined) return

  checkPage(query.page)
  return {
    ...args,
    limit: cappedLimit(query.limit, query.pagination === false),
    ...(query.joins ? { joins: cappedJoins(query.joins, isStaff) } : {}),
  }
}

const checkCosts = ({ sort, where }: Limited, isStaff: boolean) => {
  checkWhere(where)
  checkSort(sort, { isStaff })
}

const cappedLimit = (limit: unknown, isUnpaged = false): number | undefined => {
  if (limit === undefined || limit === null) return isUnpaged ? MOST_ROWS : undefined
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 0) throw malformed('limit')
  return limit === 0 ? MOST_ROWS : Math.min(limit, MOST_ROWS)
}

const cappedJoins = (joins: Record<string, false | Limited>, isStaff: boolean) =>
  Object.fromEntries(
    Object.entries(joins).map(([name, join]) => {
      if (join) checkCosts(join, isStaff)
      return [name, join && { ...join, limit: cappedLimit(join.limit) }]
    }),
  )

const checkPage = (page: unknown) => {
  if (page === undefined || page === null) return
  const isPage = typeof page === 'number' && Number.isInteger(page)
  if (!isPage || page < 0 || page > MOST_PAGES) throw malformed('page')
}

const malformed = (field: string) =>
  new DomainError('request.invalid-query', 'Send a whole number from 0.', { field })
