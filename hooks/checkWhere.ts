import { DomainError } from '../src/domain/errors.ts'

const MOST_LEVELS = 5
const MOST_CONDITIONS = 50
const MOST_VALUES = 500
/** Operators that take a list, in an address as text with commas. */
const LISTS = ['in', 'not_in']
/** Operators that Payload knows and its PostgreSQL adapter, without points on a map, does not. */
const ABSENT = ['all', 'intersects', 'near', 'within']

/**
 * Refuses a query that would keep the database busy: `and`/`or` nested deeper than 5, a path over
 * more than 5 relations, more than 50 conditions, a list of more than 500 values; and operators
 * that nothing here has.
 *
 * @throws DomainError `request.query-too-deep`, `request.invalid-query`
 */
export const checkWhere = (where: unknown): void => {
  countConditions(where, 0)
}

const countConditions = (where: unknown, level: number): number => {
  if (level > MOST_LEVELS) throw tooDeep()
  let count = 0
  for (const [key, value] of entriesOf(where)) {
    if (['and', 'or'].includes(key.toLowerCase())) {
      for (const [, part] of entriesOf(value)) count += countConditions(part, level + 1)
    } else {
      if (key.split('.').length > MOST_LEVELS + 1) throw tooDeep()
      count += countOperators(key, value)
    }
    if (count > MOST_CONDITIONS) throw tooDeep()
  }
  return count
}

const countOperators = (field: string, condition: unknown): number => {
  const operators = entriesOf(condition)
  for (const [operator, value] of operators) {
    if (ABSENT.includes(operator)) {
      const message = `There is no operator "${operator}" here.`
      throw new DomainError('request.invalid-query', message, { field })
    }
    if (LISTS.includes(operator) && lengthOf(value) > MOST_VALUES) throw tooDeep()
  }
  return Math.max(operators.length, 1)
}

const lengthOf = (list: unknown): number =>
  typeof list === 'string' ? list.split(',').length : entriesOf(list).length

/** Of an object or a list; nothing else has parts. */
const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []

const tooDeep = () =>
  new DomainError('request.query-too-deep', 'Ask for less at once: the query is too deep.', {
    field: 'where',
  })
