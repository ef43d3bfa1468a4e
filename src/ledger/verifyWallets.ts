import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import type { Database } from './transactionOf.ts'

type WalletProblem = {
  problem: 'balance-differs' | 'version-gap' | 'books-unbalanced' | 'payment-without-decision'
  /** The wallet, payment or currency concerned. */
  subject: string
  detail: string
}
export type WalletReport = { wallets: number; transfers: number; problems: WalletProblem[] }

/**
 * Proves the books on one snapshot: every stored balance is the sum of its transfers, versions have
 * no gap, each transfer's balance follows from the one before, and every completed payment has its
 * decision. Reports; changes nothing.
 */
export const verifyWallets = async (payload: Payload): Promise<WalletReport> => {
  const { drizzle } = payload.db as unknown as PostgresAdapter
  return drizzle.transaction(verify, { isolationLevel: 'repeatable read', accessMode: 'read only' })
}

const verify = async (db: Database): Promise<WalletReport> => {
  const counts = await db.execute<{ wallets: number; transfers: number }>(sql`
    select (select count(*)::int from wallets) as wallets,
      (select count(*)::int from wallet_transactions) as transfers`)
  const { rows: problems } = await db.execute<WalletProblem>(sql`
    with moves as (
      select to_wallet_id as wallet, amount_minor as amount, to_version as version,
        to_balance_after as after from wallet_transactions where to_version is not null
      union all
      select from_wallet_id, -amount_minor, from_version, from_balance_after
        from wallet_transactions where from_version is not null
    ), running as (
      select wallet, version, after, sum(amount) over w as sum, row_number() over w as position
      from moves window w as (partition by wallet order by version)
    ), totals as (
      select wallet, sum(amount) as sum, count(*) as moves, max(version) as version
      from moves group by wallet
    )
    select 'balance-differs' as problem, w.id::text as subject,
        'stored ' || w.balance_minor || ', sum of transfers ' || coalesce(t.sum, 0) as detail
      from wallets w left join totals t on t.wallet = w.id
      where w.owner_id is not null and w.balance_minor <> coalesce(t.sum, 0)
    union all
    select 'version-gap', w.id::text,
        'version ' || w.version || ', last transfer ' || coalesce(t.version, 0) ||
        ', transfers ' || coalesce(t.moves, 0)
      from wallets w left join totals t on t.wallet = w.id
      where w.owner_id is not null
        and (w.version <> coalesce(t.version, 0) or w.version <> coalesce(t.moves, 0))
    union all
    select 'books-unbalanced', wallet::text,
        'after version ' || version || ' the transfer says ' || after || ', the sum ' || sum
      from running where after <> sum or version <> position
    union all
    select 'payment-without-decision', p.id::text, 'completed, but no commission row'
      from payments p left join commissions c on c.payment_id = p.id
      where p.status = 'completed' and c.id is null`)
  return {
    wallets: counts.rows[0]?.wallets ?? 0,
    transfers: counts.rows[0]?.transfers ?? 0,
    problems,
  }
}
