import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { readDb } from '../../../src/database/readDb.ts'
import type { OwnWallet } from '../../../src/ledger/statements/walletRange.ts'

export type WalletCard = {
  /** Null for a wallet without transfers. */
  id: string | null
  kind: OwnWallet['kind']
  currency: string
  balanceMinor: number
  version: number
  lastPostedAt: string | null
  frozenReason: string | null
}
/** Commissions that are decided and not in the ledger yet. */
export type Coming = {
  currency: string
  amountMinor: number
  commissions: number
  nextAt: string | null
}

/**
 * Loads a member's wallets, and the commissions that are held outside the ledger. A member without a
 * wallet gets an empty one.
 */
export const loadWallets = async (
  req: PayloadRequest,
  memberId: string,
): Promise<{ wallets: WalletCard[]; coming: Coming[] }> => {
  const db = await readDb(req)
  const { rows } = await db.execute<{ wallets: WalletCard[]; coming: Coming[] }>(sql`
    select (
      select coalesce(jsonb_agg(jsonb_build_object('id', id, 'kind', kind, 'currency', currency,
        'balanceMinor', balance_minor, 'version', version, 'lastPostedAt', last_posted_at,
        'frozenReason', case when frozen_at is not null then coalesce(frozen_reason, 'frozen') end)
        order by version > 0 desc, currency <> 'INR', currency, kind), '[]')
      from wallets where owner_id = ${memberId}) as wallets, (
      select coalesce(jsonb_agg(to_jsonb(held) order by currency), '[]') from (
        select currency, sum(amount_minor - reversed_minor) as "amountMinor",
          count(*) as commissions, min(hold_until) as "nextAt"
        from commissions where referrer_id = ${memberId} and status = 'held'
        group by currency) held) as coming`)
  const [row] = rows
  const wallets = row?.wallets ?? []
  return { wallets: wallets.length > 0 ? wallets : [EMPTY], coming: row?.coming ?? [] }
}

const EMPTY: WalletCard = {
  id: null,
  kind: 'available',
  currency: 'INR',
  balanceMinor: 0,
  version: 0,
  lastPostedAt: null,
  frozenReason: null,
}
