import { DomainError } from '../../src/domain/errors.ts'

/** The error for a missing row, and for one that the sender may not see. */
export const notFound = (): DomainError => new DomainError('request.not-found', 'Not found.')
