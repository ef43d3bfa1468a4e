import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { DomainError } from '../src/domain/errors.ts'
import { readerOf } from '../src/ledger/readerOf.ts'

/**
 * What belongs to a payment is of its currency. A refund need not say so, but a sender who means
 * another currency would give back the wrong amount.
 *
 * @throws DomainError `money.currency-mismatch`
 */
export const requirePaymentCurrency = async (
  { currency, payment }: Record<string, unknown>,
  req: PayloadRequest,
): Promise<void> => {
  const id = typeof payment === 'object' && payment ? (payment as { id?: unknown }).id : payment
  if (typeof currency !== 'string' || typeof id !== 'string') return
  const db = await readerOf(req)
  const { rows } = await db.execute(
    sql`select 1 from payments where id::text = ${id} and currency <> ${currency}`,
  )
  if (rows.length === 0) return
  throw new DomainError('money.currency-mismatch', 'The payment is of another currency.', {
    field: 'currency',
  })
}
