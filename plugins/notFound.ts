import { DomainError } from '../src/domain/errors.ts'

/** Also the answer to those who may not know that the row exists. */
export const notFound = (): DomainError => new DomainError('request.not-found', 'Not found.')
