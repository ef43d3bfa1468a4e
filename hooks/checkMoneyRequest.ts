import type { CollectionBeforeOperationHook, SanitizedCollectionConfig } from 'payload'

import { isCurrency } from '../src/domain/currency.ts'
import { DomainError } from '../src/domain/errors.ts'
import { isPositiveMinor } from '../src/domain/money.ts'
import { requireKnownReferences } from './requireKnownReferences.ts'
import { requirePaymentCurrency } from './requirePaymentCurrency.ts'

type Sent = Record<string, unknown>

/**
 * Reads a request about money more strictly than Payload does, which drops unknown fields, takes
 * `"12abc"` for 12 and finds a missing row only in the database: what is not exactly right is
 * refused by its field, before anything is written. Who may not do it at all hears that instead.
 *
 * @throws DomainError `request.malformed-body`, `request.unknown-field`, `money.not-minor`,
 *   `money.unknown-currency`, `money.currency-mismatch`, `request.unknown-reference`
 */
export const checkMoneyRequest: CollectionBeforeOperationHook = async ({
  args,
  collection,
  operation,
  overrideAccess,
  req,
}) => {
  if (overrideAccess === true || (operation !== 'create' && operation !== 'update')) return
  const { data, id } = args as { data?: unknown; id?: string }
  const allowed = await collection.access[operation]({ req, id, data })
  if (allowed === false) return // Payload refuses it in a moment

  if (!isSent(data)) {
    throw new DomainError('request.malformed-body', 'Send a JSON object.')
  }
  refuseUnknownFields(collection, data)
  requireMinor(data, operation)
  requireCurrency(data)
  await requireKnownReferences(collection, data, req)
  await requirePaymentCurrency(data, req)
}

const isSent = (data: unknown): data is Sent =>
  typeof data === 'object' && data !== null && !Array.isArray(data)

/** What the admin panel sends back as it got it. */
const PAYLOADS_OWN = ['id', 'createdAt', 'updatedAt']

const refuseUnknownFields = ({ flattenedFields }: SanitizedCollectionConfig, data: Sent) => {
  const known = new Set([...PAYLOADS_OWN, ...flattenedFields.map(({ name }) => name)])
  const field = Object.keys(data).find((name) => !known.has(name))
  if (field === undefined) return
  throw new DomainError('request.unknown-field', 'There is no such field.', { field })
}

/** Setting a balance back to the sum of its transfers is the one request without an amount. */
const requireMinor = ({ amountMinor, effect }: Sent, operation: 'create' | 'update') => {
  const isAbsent = amountMinor === undefined
  if (isAbsent && operation === 'update') return
  if (effect === 'rebuild' && (isAbsent || amountMinor === null || amountMinor === 0)) return
  if (isPositiveMinor(amountMinor)) return
  throw new DomainError(
    'money.not-minor',
    'Send a whole number of minor units (paise, cents) above zero.',
    { field: 'amountMinor' },
  )
}

const requireCurrency = ({ currency }: Sent) => {
  if (currency === undefined || currency === null || isCurrency(currency)) return
  throw new DomainError(
    'money.unknown-currency',
    'Send an ISO 4217 currency code in capitals, such as INR.',
    { field: 'currency' },
  )
}
