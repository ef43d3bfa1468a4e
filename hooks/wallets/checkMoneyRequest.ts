import { sql } from '@payloadcms/db-postgres'
import type {
  CollectionBeforeOperationHook,
  PayloadRequest,
  SanitizedCollectionConfig,
} from 'payload'

import { readDb } from '../../src/database/readDb.ts'
import { isCurrency } from '../../src/domain/currency.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { isPositiveMinor } from '../../src/domain/money.ts'

type Sent = Record<string, unknown>

/**
 * Validates a request about money more strictly than Payload, which drops unknown fields, reads
 * `"12abc"` as 12 and notices a missing row only in the database. An error names its field, and
 * nothing is written. A sender without permission gets Payload's refusal instead.
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

/** Fields that the admin panel sends back unchanged. */
const SYSTEM_FIELDS = ['id', 'createdAt', 'updatedAt']

const refuseUnknownFields = ({ flattenedFields }: SanitizedCollectionConfig, data: Sent) => {
  const known = new Set([...SYSTEM_FIELDS, ...flattenedFields.map(({ name }) => name)])
  const field = Object.keys(data).find((name) => !known.has(name))
  if (field === undefined) return
  throw new DomainError('request.unknown-field', 'There is no such field.', { field })
}

/** A rebuild of a balance is the only request without an amount. */
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

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Requires that every referenced row exists. The foreign keys refuse a missing one too, but later
 * than the hooks that read the row.
 *
 * @throws DomainError `request.unknown-reference`, naming the field
 */
const requireKnownReferences = async (
  { flattenedFields }: SanitizedCollectionConfig,
  data: Record<string, unknown>,
  req: PayloadRequest,
): Promise<void> => {
  for (const field of flattenedFields) {
    const value = data[field.name]
    if (field.type !== 'relationship' || typeof field.relationTo !== 'string') continue
    if (isEmpty(value) || (await exists(field.relationTo, referenceId(value), req))) continue
    throw new DomainError('request.unknown-reference', 'There is no such row.', {
      field: field.name,
    })
  }
}

/** The values of an empty form field, as Payload reads them. */
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || value === 'none' || value === 'null'

const referenceId = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : value

const exists = async (slug: string, id: unknown, req: PayloadRequest): Promise<boolean> => {
  if (typeof id !== 'string' || !UUID.test(id)) return false
  const db = await readDb(req)
  const table = sql.identifier(slug.replaceAll('-', '_'))
  const { rows } = await db.execute(sql`select 1 from ${table} where id = ${id}`)
  return rows.length > 0
}

/**
 * Requires the currency of the payment, if the request gives one. A refund may leave it out, but a
 * sender who means another currency would refund the wrong amount.
 *
 * @throws DomainError `money.currency-mismatch`
 */
const requirePaymentCurrency = async (
  { currency, payment }: Record<string, unknown>,
  req: PayloadRequest,
): Promise<void> => {
  const id = typeof payment === 'object' && payment ? (payment as { id?: unknown }).id : payment
  if (typeof currency !== 'string' || typeof id !== 'string') return
  const db = await readDb(req)
  const { rows } = await db.execute(
    sql`select 1 from payments where id::text = ${id} and currency <> ${currency}`,
  )
  if (rows.length === 0) return
  throw new DomainError('money.currency-mismatch', 'The payment is of another currency.', {
    field: 'currency',
  })
}
