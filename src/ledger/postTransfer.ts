import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { DomainError } from '../domain/errors.ts'
import { isPositiveMinor } from '../domain/money.ts'
import { dbIn } from '../database/dbIn.ts'
import type { Transfer } from './transfer.ts'

export type Posted = { id: string; isNew: boolean }

/**
 * Posts one transfer: the only way to move money. Runs in the caller's transaction, in one round
 * trip. The same key with the same content returns the earlier transfer and moves nothing.
 *
 * @throws DomainError `money.not-minor` the amount is not a positive whole number of minor units
 * @throws DomainError `ledger.no-transaction` the request carries no transaction
 * @throws DomainError `ledger.key-reused` the key is used with other content
 * @throws DomainError `wallet.insufficient-funds` unless the kind may overdraw (clawback)
 */
export const postTransfer = async ({
  req,
  ...transfer
}: { req: PayloadRequest } & Transfer): Promise<Posted> => {
  if (!isPositiveMinor(transfer.amountMinor)) {
    throw new DomainError('money.not-minor', 'A transfer needs a positive whole amount.')
  }
  const db = await dbIn(req)
  const { rows } = await db.execute<{ id: string | null; outcome: Outcome }>(
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
  if (outcome === 'insufficient' || id === null) {
    throw new DomainError('wallet.insufficient-funds', 'The wallet does not hold that much.')
  }
  return { id, isNew: outcome === 'posted' }
}

type Outcome = 'insufficient' | 'key-reused' | 'posted' | 'repeated'
