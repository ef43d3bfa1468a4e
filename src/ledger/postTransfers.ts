import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { DomainError } from '../domain/errors.ts'
import { isPositiveMinor } from '../domain/money.ts'
import type { Posted } from './postTransfer.ts'
import { dbIn } from '../database/dbIn.ts'
import type { Transfer } from './transfer.ts'

/**
 * Posts many transfers in the caller's transaction, in one round trip, for jobs and imports. The
 * books are the same as after `postTransfer` one by one. Returns the transfers by key; a key that
 * was posted before moves nothing. All or nothing.
 *
 * @throws DomainError `money.not-minor` an amount is not a positive whole number of minor units
 * @throws DomainError `ledger.key-reused` a key with other content, stored or in the batch
 * @throws DomainError `wallet.insufficient-funds` one of them would overdraw
 */
export const postTransfers = async (
  req: PayloadRequest,
  transfers: Transfer[],
): Promise<Map<string, Posted>> => {
  if (transfers.length === 0) return new Map()
  if (!transfers.every(({ amountMinor }) => isPositiveMinor(amountMinor))) {
    throw new DomainError('money.not-minor', 'A transfer needs a positive whole amount.')
  }
  const db = await dbIn(req)
  const { rows } = await db
    .execute<{ key: string; id: string; outcome: string }>(
      sql`select key, id, outcome from post_transfers(${JSON.stringify(transfers)}::jsonb)`,
    )
    .catch((error: unknown) => {
      throw toDomainError(error)
    })
  return new Map(rows.map(({ id, key, outcome }) => [key, { id, isNew: outcome === 'posted' }]))
}

const toDomainError = (error: unknown): unknown => {
  const { cause } = error as { cause?: { code?: string; constraint?: string } }
  if (cause?.code === 'TRB03') {
    return new DomainError('ledger.key-reused', 'A key has already moved other money.')
  }
  return cause?.constraint === 'wallet_transactions_no_overdraft'
    ? new DomainError('wallet.insufficient-funds', 'A wallet does not hold that much.')
    : error
}
