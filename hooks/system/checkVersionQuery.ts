import { buildVersionGlobalFields, type PayloadRequest, type SanitizedGlobalConfig } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import { isByStaff } from '../../src/platform/audit/findActor.ts'
import { checkConditions } from './checkConditions.ts'
import { checkSort, checkWhere } from './capLists.ts'
import { checkSortFields } from './checkParameters.ts'

type Query = { limit?: unknown; page?: unknown; sort?: unknown; where?: unknown }

/** The most rows in one answer, and the last page. */
const MAX = { limit: 500, page: 1_000_000 }

/**
 * Checks a query of the versions of a global, as `capLists` does for collections: Payload has no
 * hook there. Returns the limit, at most 500.
 *
 * @throws DomainError `request.query-too-deep`, `request.invalid-query`, `request.malformed-value`
 */
export const checkVersionQuery = (
  { limit, page, sort, where }: Query,
  global: SanitizedGlobalConfig,
  req: PayloadRequest,
): number => {
  const fields = buildVersionGlobalFields(req.payload.config, global, true)
  checkWhere(where)
  checkSort(sort, { isStaff: isByStaff(req) })
  checkConditions(where, { fields, payload: req.payload })
  checkSortFields(sort, fields, req)
  readCount('page', page)
  return readCount('limit', limit) || (limit === undefined || limit === null ? 10 : MAX.limit)
}

const readCount = (name: 'limit' | 'page', given: unknown): number => {
  if (given === undefined || given === null) return 0
  const count = typeof given === 'string' && given.trim() !== '' ? Number(given) : given
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MAX_GIVEN)
    return Math.min(count, MAX[name])
  throw new DomainError('request.invalid-query', 'Send a whole number from 0.', { field: name })
}
const MAX_GIVEN = 2_147_483_647
