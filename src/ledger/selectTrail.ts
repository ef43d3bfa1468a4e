import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

/** A transfer in the list of what one cause moved. */
export type TrailRow = {
  id: string
  key: string
  kind: string
  at: string
  from: string
  to: string
  amountMinor: number
  currency: string
  /** Of the member's wallet; wallets of the platform store none. */
  balanceAfterMinor: number | null
}

/**
 * Selects the transfers that match a condition on `t` (wallet_transactions), oldest first, as JSON.
 */
export const selectTrail = (condition: SQL): SQL => sql`(
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', t.id,
      'key', t.key,
      'kind', t.kind,
      'at', t.posted_at,
      'amountMinor', t.amount_minor,
      'currency', t.currency,
      'from', ${selectWalletName('t.from_wallet_id')},
      'to', ${selectWalletName('t.to_wallet_id')},
      'balanceAfterMinor', coalesce(t.to_balance_after, t.from_balance_after))
    order by t.posted_at, coalesce(t.to_version, t.from_version)), '[]')
  from wallet_transactions t where ${condition})`

const selectWalletName = (alias: string) =>
  sql.raw(`(
  select coalesce(o.name, o.email, upper(left(w.kind, 1)) || replace(substr(w.kind, 2), '-', ' '))
  from wallets w left join users o on o.id = w.owner_id where w.id = ${alias})`)
