import type { CollectionAfterMeHook, CollectionBeforeOperationHook, PayloadRequest } from 'payload'

import { wasDatabaseAway } from '../../src/database/noteDatabaseLoss.ts'
import { DomainError } from '../../src/domain/errors.ts'

/**
 * Refuses an operation of a request with credentials that could not be looked up. Payload goes on
 * without a user, so that an admin would write as a stranger may, and a list would be a stranger's.
 *
 * @throws DomainError `request.try-again` the database was away when the request was authenticated
 */
export const requireKnownSender: CollectionBeforeOperationHook = ({ req }) => {
  refuse(req)
}

/** As `requireKnownSender`, for the route that returns the signed-in person: it would answer with none. */
export const requireKnownSelf: CollectionAfterMeHook = ({ req, response }) => {
  refuse(req)
  return response
}

const refuse = (req: PayloadRequest): void => {
  if (wasDatabaseAway(req))
    throw new DomainError('request.try-again', 'Nothing was changed. Try again.')
}
