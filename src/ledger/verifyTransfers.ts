import { sql } from '@payloadcms/db-postgres'

import type { Database } from './transactionOf.ts'
import type { WalletProblem } from './verifyReport.ts'
import type { VerifyRows } from './verifyRows.ts'

/**
 * Counts transfers, and answers those that no sum would give away: between two currencies, or past
 * a member's wallet without counting as one of its versions.
 */
export const findWrongTransfers = async (
  db: Database,
  { transfers }: VerifyRows,
): Promise<{ problems: WalletProblem[]; transfers: number }> => {
  const { rows } = await db.execute<{ transfers: number; wrong: Wrong[] }>(sql`
    select count(*)::int as transfers, coalesce(json_agg(json_build_object('id', t.id,
        'currency', t.currency, 'from', f.currency, 'to', d.currency, 'wallets', array_remove(
        array[case when f.owner_id is not null then f.id end,
          case when d.owner_id is not null then d.id end], null)) order by t.id)
      filter (where t.currency <> f.currency or t.currency <> d.currency
        or (f.owner_id is null) <> (t.from_version is null)
        or (d.owner_id is null) <> (t.to_version is null)), '[]') as wrong
    from ${transfers} t
    join wallets f on f.id = t.from_wallet_id join wallets d on d.id = t.to_wallet_id`)
  const [row] = rows
  return { problems: (row?.wrong ?? []).map(problemOf), transfers: row?.transfers ?? 0 }
}

type Wrong = { id: string; currency: string; from: string; to: string; wallets: string[] }

const problemOf = ({ currency, from, id, to, wallets }: Wrong): WalletProblem =>
  currency === from && currency === to
    ? {
        problem: 'version-missing',
        subject: id,
        detail: 'a version where none belongs, or none where one does',
        wallets,
      }
    : {
        problem: 'currency-differs',
        subject: id,
        detail: `${currency} from a wallet of ${from} to one of ${to}`,
        wallets,
      }
