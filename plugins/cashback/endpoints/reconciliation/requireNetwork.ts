import type { PayloadRequest } from 'payload'

import { DomainError } from '../../../../src/domain/errors.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { loadNetwork, type NetworkRow } from '../../../../src/cashback/ingestion/networkStore.ts'
import { notFound } from '../../../http/notFound.ts'
import { routeId } from '../../../http/routeId.ts'

/**
 * Loads the network of a route such as `/:id/import`.
 *
 * @throws DomainError `request.not-found`
 */
export const requireNetwork = async (req: PayloadRequest): Promise<NetworkRow> => {
  const id = routeId(req).toLowerCase()
  return loadNetwork(await readDb(req), id).catch((error: unknown) => {
    throw error instanceof DomainError ? notFound() : error
  })
}
