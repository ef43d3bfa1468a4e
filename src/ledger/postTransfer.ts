import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { DomainError } from '../domain/errors.ts'
import { isPositiveMinor } from '../domain/money.ts'
import { transactionOf } from './transactionOf.ts'
import type { Transfer } from './types.ts'

export type Posted = { id: string; isNew: boolean }

/**
 * The only function that changes a wallet. Posts in the caller's transaction, in one round trip.
 *
 * Same key and same content: the earlier transfer is returned, nothing moves.
 * @throws DomainError `money.not-minor` the amount is not a positive whole number of minor units
 * @throws DomainError `ledger.no-transaction` the request carries no transaction
 * @throws DomainError `ledger.key-reused` same key, other content
 * @throws DomainError `wallet.insufficient-funds` unless the kind may overdraw (clawback)
 */
export const postTransfer = async ({
  req,
  ...transfer
}: { req: PayloadRequest } & Transfer): Promise<Posted> => {
  if (!isPositiveMinor(transfer.amountMinor)) {
    throw new DomainError('money.not-minor', 'A transfer needs a positive whole amount.')
  }
  const db = await transactionOf(req)
  const { rows } = await db.execute<{ id: string; outcome: Outcome }>(
    sql`select id, outcome from post_transfer(${JSON.stringify(transfer)}::jsonb)`,
  )
  const [posted] = rows
  if (!posted) throw new Error('post_transfer returned no row')
  const { outcome, id } = posted
  if (outcome === 'key-reused') {
    throw new DomainError('ledger.key-reused', 'This key has already moved other money.', {
      key: transfer.key,
    })
  }
  if (outcome === 'insufficient') {
    throw new DomainError('wallet.insufficient-funds', 'The wallet does not hold that much.')
  }
  return { id, isNew: outcome === 'posted' }
}

type Outcome = 'insufficient' | 'key-reused' | 'posted' | 'repeated'
