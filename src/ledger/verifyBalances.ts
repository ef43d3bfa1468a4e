import { sql } from '@payloadcms/db-postgres'

import type { Database } from './transactionOf.ts'
import type { WalletProblem } from './verifyReport.ts'
import type { VerifyRows } from './verifyRows.ts'

/**
 * Adds up members' wallets in one pass, in order of version, and answers those whose stored
 * balance, versions, noted balances or times do not follow. Up to `rebuilt_version` a history is
 * known to be broken: there only the amounts count.
 */
export const findUnbalancedWallets = async (
  db: Database,
  { sides, start }: VerifyRows,
): Promise<WalletProblem[]> => {
  const { rows } = await db.execute<Row>(sql`
    with running as (
      select wallet, version, delta, posted_at < lag(posted_at) over moves as is_early,
        version <> coalesce(lag(version) over moves, start_version) + 1 as is_gap,
        after <> start_balance + sum(delta) over moves as is_wrong
      from ${sides} side window moves as (partition by wallet order by version)
    ), history as (
      select wallet, max(version) as last, sum(delta) as sum,
        max(version) filter (where is_gap) as gap, max(version) filter (where is_wrong) as wrong,
        max(version) filter (where is_early) as early
      from running group by wallet
    ), tested as (
      select w.id, w.balance_minor as balance, ${start.balance} + coalesce(h.sum, 0) as sum,
        w.version, coalesce(h.last, ${start.version}) as last,
        case when h.gap > w.rebuilt_version then h.gap end as gap,
        case when h.wrong > w.rebuilt_version then h.wrong end as wrong,
        case when h.early > w.rebuilt_version then h.early end as early
      from wallets w left join history h on h.wallet = w.id where w.owner_id is not null
    )
    select * from tested where balance <> sum or version <> last
      or gap is not null or wrong is not null or early is not null
    order by id`)
  return rows.flatMap(problemsOf)
}

type Row = Record<'balance' | 'id' | 'last' | 'sum' | 'version', string> &
  Record<'early' | 'gap' | 'wrong', string | null>

const problemsOf = (row: Row): WalletProblem[] => {
  const { balance, early, gap, id, last, sum, version, wrong } = row
  const found: [WalletProblem['problem'], boolean, string][] = [
    ['balance-differs', balance !== sum, `stored ${balance}, sum of transfers ${sum}`],
    ['version-gap', version !== last, `stored version ${version}, last transfer ${last}`],
    ['version-gap', gap !== null, `versions are missing before ${gap ?? ''}`],
    ['books-unbalanced', wrong !== null, `version ${wrong ?? ''} notes another balance`],
    ['posted-backwards', early !== null, `version ${early ?? ''} is older than the one before`],
  ]
  return found
    .filter(([, isSo]) => isSo)
    .map(([problem, , detail]) => ({ problem, subject: id, detail, wallets: [id] }))
}
