import type { CollectionBeforeOperationHook } from 'payload'

import { isByStaff } from '../../src/platform/audit/findActor.ts'

/**
 * Sorts a member's list by `postedAt`, which deliberately has no index: PostgreSQL then reads the
 * member's rows and sorts them. With an index it would scan the whole ledger, newest first, until
 * it has found enough of the member's rows, which takes a second for old rows among a million.
 * Staff sort by `createdAt`, which the ledger sets to the same instant.
 */
export const sortOwnTransfers: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation !== 'read' || req.user?.collection !== 'users' || isByStaff(req)) return
  const { sort } = args as { sort?: unknown }
  return isIndexed(sort) ? { ...args, sort: '-postedAt' } : undefined
}

/** No sort, or newest first by the indexed column. */
const isIndexed = (sort: unknown): boolean =>
  [sort].flat().every((name) => ['', '-createdAt', null, undefined].some((one) => one === name))
