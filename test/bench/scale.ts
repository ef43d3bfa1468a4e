import { randomUUID } from 'node:crypto'

import { readDb } from '../../src/database/readDb.ts'
import { readStatement } from '../../src/ledger/statements/readStatement.ts'
import { verifyWallets } from '../../src/ledger/verification/verifyWallets.ts'
import { signIn } from '../support/factories.ts'
import type { User } from '../../src/payload-types.ts'
import { type Figure, median } from './measure.ts'
import type { World } from './world.ts'

const MOVES_OF_ONE = 5_000

/**
 * Inserts transfers with correct balances and versions by one statement: posting a million takes an
 * hour.
 */
const addOwners = async ({ product }: World, wallets: number, moves: number): Promise<void> => {
  const owners = Array.from({ length: wallets }, () => randomUUID())
  await product.query(
    `insert into users (id, name, email, role, invite_code, created_at, updated_at)
     select id, 'scale', id || '@scale.test', 'member', upper(replace(id::text, '-', '')), now(), now()
     from unnest($1::uuid[]) id`,
    [owners],
  )
  await addTransfers(product.query, owners, moves)
}

const addTransfers = async (
  query: World['product']['query'],
  owners: string[],
  moves: number,
): Promise<void> => {
  await query(
    `insert into wallets (id, owner_id, kind, currency, balance_minor, version, last_posted_at)
     select time_ordered_uuid(), o, 'available', 'INR', 100 * $2::bigint, $2::bigint, now() from unnest($1::uuid[]) o
     on conflict (owner_id, kind, currency) do nothing`,
    [owners, moves],
  )
  // No award has opened the payer's wallet yet when this part of the bench runs alone.
  await query(`select wallet_for(null, 'commission-expense', 'INR')`)
  await query(
    `insert into wallet_transactions (id, key, request_hash, kind, from_wallet_id, to_wallet_id, amount_minor,
       currency, to_balance_after, to_version, occurred_at, posted_at)
     select gen_random_uuid(), 'scale:' || w.id || ':' || v, '', 'commission', p.id, w.id, 100, 'INR', 100 * v, v,
       now() - ($2::bigint - v) * interval '1 minute', now() - ($2::bigint - v) * interval '1 minute'
     from unnest($1::uuid[]) o
     join wallets w on w.owner_id = o and w.kind = 'available' and w.currency = 'INR'
     join wallets p on p.owner_id is null and p.kind = 'commission-expense' and p.currency = 'INR'
     cross join generate_series(1, $2::bigint) v`,
    [owners, moves],
  )
}

const medianMs = async (times: number, work: () => Promise<unknown>): Promise<number> => {
  const taken: number[] = []
  for (let time = 0; time < times; time += 1) {
    const started = performance.now()
    await work()
    taken.push(performance.now() - started)
  }
  return median(taken)
}

/**
 * Reads the statement and the list of a member with 5,000 moves, with 10 k and with 1 M rows in the
 * ledger.
 */
export const statementAndLists = async (world: World, member: User): Promise<Figure[]> => {
  const { payload, query, web } = world.product
  await addTransfers(query, [member.id], MOVES_OF_ONE)
  await addOwners(world, 50, 100)
  const authorization = await signIn(payload, member)
  const measure = async () => {
    await query('analyze')
    const db = await readDb({ payload })
    const to = new Date()
    const from = new Date(to.getTime() - 86_400_000)
    const statement = () =>
      readStatement(db, { owner: member.id, currency: 'INR', from, to, limit: 100 })
    const list = async () => {
      const url = `${web.baseUrl}/api/wallet-transactions?limit=10&pagination=false&depth=0`
      const response = await fetch(url, { headers: { Authorization: authorization } })
      await response.text()
      if (!response.ok) throw new Error(`The list returned ${response.status}.`)
    }
    await statement()
    await list()
    return { statement: await medianMs(15, statement), list: await medianMs(15, list) }
  }
  const small = await measure()
  await addOwners(world, world.isQuick ? 100 : 9_900, 100)
  const large = await measure()
  const figure = (name: string, ours: number, raw: number): Figure => ({
    name,
    unit: 'ms (raw: with 10 k rows)',
    ours: Math.round(ours * 10) / 10,
    raw: Math.round(raw * 10) / 10,
    goal: '≤ 2 × of 10 k rows',
    isMet: ours <= raw * 2,
  })
  return [
    figure('statement of a day, 1 M rows in the ledger', large.statement, small.statement),
    figure('list of a member’s transfers over REST, 1 M rows', large.list, small.list),
  ]
}

export const verifyMillion = async (world: World): Promise<Figure> => {
  const started = performance.now()
  const report = await verifyWallets(world.product.payload)
  const seconds = Math.round((performance.now() - started) / 100) / 10
  const { problems, transfers } = report
  const shown = problems.length === 0 ? '' : ` ${JSON.stringify(problems.slice(0, 2))}`
  return {
    name: `wallet verify, full, ${transfers} transfers, ${problems.length} problems${shown}`,
    unit: 's',
    ours: seconds,
    raw: null,
    goal: '≤ 15 s, no problems',
    // Books that are empty or do not add up measure nothing.
    isMet: seconds <= 15 && transfers > 0 && problems.length === 0,
  }
}
