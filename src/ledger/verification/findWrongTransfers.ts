import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import type { WalletProblem } from './markWallets.ts'
import type { VerifyRows } from './rowsToVerify.ts'

/**
 * Counts transfers and finds those with an error that no sum would reveal: between two currencies,
 * or on a member's wallet without one of its versions.
 */
export const findWrongTransfers = async (
  db: Database,
  { transfers }: VerifyRows,
): Promise<{ problems: WalletProblem[]; transfers: number }> => {
  const { rows } = await db.execute<{ transfers: number; wrong: Wrong[] }>(sql`
    select
      count(*)::int as transfers,
      coalesce(json_agg(json_build_object(
          'id', t.id,
          'currency', t.currency,
          'from', f.currency,
          'to', d.currency,
          'wallets', array_remove(array[
            case when f.owner_id is not null then f.id end,
            case when d.owner_id is not null then d.id end], null)) order by t.id)
      filter (where t.currency <> f.currency or t.currency <> d.currency
        or (f.owner_id is null) <> (t.from_version is null)
        or (d.owner_id is null) <> (t.to_version is null)), '[]') as wrong
    from ${transfers} t
    join wallets f on f.id = t.from_wallet_id join wallets d on d.id = t.to_wallet_id`)
  const [row] = rows
  return { problems: (row?.wrong ?? []).map(toProblem), transfers: row?.transfers ?? 0 }
}

type Wrong = { id: string; currency: string; from: string; to: string; wallets: string[] }

const toProblem = ({ currency, from, id, to, wallets }: Wrong): WalletProblem =>
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

/**
 * Adds up members' wallets in one pass, by version, and finds those with a wrong stored balance, a
 * gap in the versions, a wrong balance after a transfer, or times that go back. A history is known
 * to be broken up to `rebuilt_version`; there only the amounts count.
 */
export const findUnbalancedWallets = async (
  db: Database,
  { sides, start }: VerifyRows,
): Promise<WalletProblem[]> => {
  const { rows } = await db.execute<Row>(sql`
    with running as (
      select
        wallet,
        version,
        delta,
        posted_at < lag(posted_at) over moves as is_early,
        version <> coalesce(lag(version) over moves, start_version) + 1 as is_gap,
        after <> start_balance + sum(delta) over moves as is_wrong
      from ${sides} side window moves as (partition by wallet order by version)
    ), history as (
      select
        wallet,
        max(version) as last,
        sum(delta) as sum,
        max(version) filter (where is_gap) as gap,
        max(version) filter (where is_wrong) as wrong,
        max(version) filter (where is_early) as early
      from running group by wallet
    ), tested as (
      select
        w.id,
        w.balance_minor as balance,
        ${start.balance} + coalesce(h.sum, 0) as sum,
        w.version,
        coalesce(h.last, ${start.version}) as last,
        case when h.gap > w.rebuilt_version then h.gap end as gap,
        case when h.wrong > w.rebuilt_version then h.wrong end as wrong,
        case when h.early > w.rebuilt_version then h.early end as early
      from wallets w left join history h on h.wallet = w.id where w.owner_id is not null
    )
    select * from tested where balance <> sum or version <> last
      or gap is not null or wrong is not null or early is not null
    order by id`)
  return rows.flatMap(toProblems)
}

type Row = Record<'balance' | 'id' | 'last' | 'sum' | 'version', string> &
  Record<'early' | 'gap' | 'wrong', string | null>

const toProblems = (row: Row): WalletProblem[] => {
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
