import type { CollectionBeforeOperationHook, GlobalBeforeOperationHook } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'

/** Far beyond what any document of the product has. */
const MAX_LEVELS = 32
const MAX_ITEMS = 1_000
const MAX_VALUES = 10_000

/**
 * Refuses a document that would keep a process busy although its bytes are few: Payload validates
 * every item of a list, even of one that is given for a text.
 *
 * @throws DomainError `request.value-too-large` more than 32 levels, a list of more than 1,000
 *   items, or more than 10,000 values
 */
export const limitShape: CollectionBeforeOperationHook = ({ args, overrideAccess }) => {
  if (overrideAccess !== true) checkShape((args as { data?: unknown }).data)
}

/** As `limitShape`, for a global. */
export const limitGlobalShape: GlobalBeforeOperationHook = ({ args, overrideAccess }) => {
  if (overrideAccess !== true) checkShape((args as { data?: unknown } | undefined)?.data)
}

/** Level by level and not by recursion: the sender would choose its depth. */
export const checkShape = (data: unknown): void => {
  let values = 0
  let level: unknown[] = [data]
  for (let depth = 0; level.length > 0; depth += 1) {
    values += level.length
    if (depth > MAX_LEVELS || values > MAX_VALUES) throw tooLarge()
    level = level.flatMap(listItems)
  }
}

const listItems = (value: unknown): unknown[] => {
  if (Array.isArray(value)) {
    if (value.length > MAX_ITEMS) throw tooLarge()
    return value
  }
  return isPlain(value) ? Object.values(value) : []
}

/** Files and dates are values. */
const isPlain = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)

const tooLarge = () => new DomainError('request.value-too-large', 'Send less at once.')
