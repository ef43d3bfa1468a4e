import { DomainError } from '../../src/domain/errors.ts'

/** The error for a missing row, and for a row that the sender may not know of. */
export const notFound = (): DomainError => new DomainError('request.not-found', 'Not found.')
