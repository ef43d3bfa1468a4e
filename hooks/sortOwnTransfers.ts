import type { CollectionBeforeOperationHook } from 'payload'

import { isByStaff } from '../src/audit/actorOf.ts'

/**
 * A member's list is ordered by the posting, which has no index on purpose: the database then
 * reads the member's rows and sorts them. Along an index it would walk the whole ledger, newest
 * first, until it has found enough of theirs: a second of a million rows, where theirs are old.
 * The staff's list has the same order by `createdAt`, which the ledger sets to the same instant.
 */
export const sortOwnTransfers: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation !== 'read' || req.user?.collection !== 'users' || isByStaff(req)) return
  const { sort } = args as { sort?: unknown }
  return isIndexed(sort) ? { ...args, sort: '-postedAt' } : undefined
}

/** Unsaid, or newest first by the column that has the index. */
const isIndexed = (sort: unknown): boolean =>
  [sort].flat().every((name) => ['', '-createdAt', null, undefined].some((one) => one === name))
