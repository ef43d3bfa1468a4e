import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { readDb } from '../../../../src/database/readDb.ts'
import { selectMoves, toSafeInteger } from '../../../../src/ledger/statements/walletRange.ts'

/** The stored balance of a wallet, and the sum of its transfers. */
export type Drift = { storedMinor: number; sumMinor: number }

/** Loads both for the member's available wallet, now; null when there is no such wallet. */
export const loadDrift = async (
  req: PayloadRequest,
  { currency, owner }: { currency: string; owner: string },
): Promise<Drift | null> => {
  const db = await readDb(req)
  const { rows: wallets } = await db.execute<{ id: string; stored: string }>(sql`
    select id, balance_minor as stored from wallets
    where owner_id = ${owner} and kind = 'available' and currency = ${currency}`)
  const [wallet] = wallets
  if (!wallet) return null
  const { rows } = await db.execute<{ sum: string | null }>(
    sql`select sum(delta) as sum from ${selectMoves(wallet.id)} move`,
  )
  return { storedMinor: toSafeInteger(wallet.stored), sumMinor: toSafeInteger(rows[0]?.sum) }
}
