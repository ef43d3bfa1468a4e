import type { PayloadRequest } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import { readerOf } from '../../src/ledger/readerOf.ts'
import { type NetworkRow, networkRow } from '../../src/sync/networkRow.ts'
import { notFound } from '../notFound.ts'
import { routeId } from '../routeId.ts'

/**
 * The network in a route such as `/:id/import`.
 *
 * @throws DomainError `request.not-found`
 */
export const networkAsked = async (req: PayloadRequest): Promise<NetworkRow> => {
  const id = routeId(req).toLowerCase()
  return networkRow(await readerOf(req), id).catch((error: unknown) => {
    throw error instanceof DomainError ? notFound() : error
  })
}
