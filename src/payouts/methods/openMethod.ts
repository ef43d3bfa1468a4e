import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { readDb } from '../../database/readDb.ts'
import type { PayoutAccount } from '../drivers/types.ts'
import { findPayouts } from '../findPayouts.ts'
import { openAccount } from './openAccount.ts'

/**
 * Decrypts the account of a method, also of a removed one, for the sender of a payout alone. The
 * result must be neither stored, nor logged, nor answered.
 *
 * @throws Error when there is no such method, or its account was not encrypted for it
 */
export const openMethod = async (
  req: Pick<PayloadRequest, 'payload' | 'transactionID'>,
  id: string,
): Promise<PayoutAccount> => {
  const db = await readDb(req)
  const { rows } = await db.execute<{ sealed: string }>(
    sql`select sealed from payout_methods where id = ${id}`,
  )
  if (!rows[0]) throw new Error('There is no such payout method.')
  return openAccount({ ...findPayouts(req.payload), id, sealed: rows[0].sealed })
}
