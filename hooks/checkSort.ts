import { DomainError } from '../src/domain/errors.ts'

const MOST_FIELDS = 10
const MOST_RELATIONS = 5

/**
 * Refuses an order that would keep the database busy: by more than 10 fields, or by one that lies
 * more than 5 relations away, each of which is a join. Nobody but the staff orders by the fields of
 * related rows: Payload does not ask whether these may be read, and their order tells what they say.
 *
 * @throws DomainError `request.query-too-deep`, `request.invalid-query`
 */
export const checkSort = (sort: unknown, { isStaff }: { isStaff: boolean }): void => {
  const fields = typeof sort === 'string' ? sort.split(',') : Array.isArray(sort) ? sort : []
  if (!isStaff && fields.some(isRelated)) {
    throw new DomainError('request.invalid-query', 'Order by a field of the row itself.', {
      field: 'sort',
    })
  }
  if (fields.length <= MOST_FIELDS && fields.every(isNear)) return
  throw new DomainError('request.query-too-deep', 'Ask for less at once: the order is too deep.', {
    field: 'sort',
  })
}

const isNear = (field: unknown): boolean => String(field).split('.').length <= MOST_RELATIONS + 1

/** Payload reads two underscores as a dot. */
const isRelated = (field: unknown): boolean => /\.|__/.test(String(field))
