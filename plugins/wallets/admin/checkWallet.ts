import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { readDb } from '../../../src/database/readDb.ts'

export type WalletCheck = {
  transfers: number
  /** No version is missing (after a rebuild: since the rebuild). */
  isGapless: boolean
  balanceMinor: number
  sumMinor: number
  /** The latest run of `verify-wallets` over it. */
  verifiedAt: string | null
  /** The kinds of all its transfers. */
  kinds: string[]
}

/** Sums all transfers of one wallet now, and compares the balance; null for an unknown wallet. */
export const checkWallet = async (
  req: PayloadRequest,
  walletId: string,
): Promise<WalletCheck | null> => {
  const db = await readDb(req)
  const { rows } = await db.execute<{ found: WalletCheck }>(sql`
    with moves as (
      select kind, to_version as version, amount_minor as delta
        from wallet_transactions where to_wallet_id = ${walletId}
      union all
      select kind, from_version, -amount_minor
        from wallet_transactions where from_wallet_id = ${walletId}
    )
    select jsonb_build_object(
      'transfers', (select count(*) from moves),
      'isGapless', (select count(distinct version) = w.version - w.rebuilt_version
        and coalesce(max(version), w.rebuilt_version) = w.version
        from moves where version > w.rebuilt_version),
      'balanceMinor', w.balance_minor,
      'sumMinor', (select coalesce(sum(delta), 0) from moves),
      'verifiedAt', w.verified_at,
      'kinds', (select coalesce(jsonb_agg(distinct kind), '[]') from moves)
    ) as found from wallets w where w.id = ${walletId}`)
  return rows[0]?.found ?? null
}
