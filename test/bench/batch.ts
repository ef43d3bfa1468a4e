import { randomUUID } from 'node:crypto'

import type { Client } from 'pg'

import { measureInTurn, type Figure, percentOf } from './measure.ts'
import type { World } from './world.ts'

/** Measures the rows per second of one statement that writes all of them. */
const rate = async (rows: number, work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await work()
  return Math.round(rows / ((performance.now() - started) / 1000))
}

/** Posts 5,000 transfers in one call. Raw: an `unnest` insert and an update of as many wallets. */
export const batchPosting = async (world: World): Promise<Figure> => {
  const rows = world.isQuick ? 1_000 : 5_000
  const client = world.clients[0] as Client
  const owners = Array.from({ length: rows }, () => randomUUID())
  await client.query(
    `insert into users (id, name, email, role, invite_code, created_at, updated_at)
     select id, 'batch', id || '@batch.test', 'member', upper(replace(id::text, '-', '')), now(), now()
     from unnest($1::uuid[]) id`,
    [owners],
  )
  const batch = () =>
    JSON.stringify(
      owners.map((owner) => ({
        key: randomUUID(),
        kind: 'commission',
        from: { owner: null, kind: 'commission-expense' },
        to: { owner, kind: 'available' },
        amountMinor: 100,
        currency: 'INR',
      })),
    )
  const post = async () => {
    const transfers = batch()
    return rate(rows, () => client.query('select * from post_transfers($1::jsonb)', [transfers]))
  }
  await post() // creates the wallets
  await client.query('analyze wallets')
  const { ours, raw } = await measureInTurn(post, () => rate(rows, () => rawBatch(client, owners)))
  return {
    name: `batch posting, ${rows} transfers in one call`,
    unit: 'rows/s',
    ours,
    raw,
    goal: '≥ 50 % of raw',
    isMet: percentOf(ours, raw) >= 50,
  }
}

const rawBatch = async (client: Client, owners: string[]): Promise<void> => {
  await client.query('begin')
  await client.query(
    `update wallets w set balance_minor = w.balance_minor + 100, version = w.version + 1, updated_at = now()
     from unnest($1::uuid[]) o (owner) where w.owner_id = o.owner and w.kind = 'available' and w.currency = 'INR'`,
    [owners],
  )
  await client.query(
    `insert into wallet_transactions (id, key, request_hash, kind, from_wallet_id, to_wallet_id, amount_minor,
       currency, to_balance_after, to_version, occurred_at, posted_at)
     select k, k::text, '', 'commission', p.id, w.id, 100, 'INR', w.balance_minor, w.version, now(), now()
     from unnest($1::uuid[], $2::uuid[]) as i (k, owner)
     join wallets w on w.owner_id = i.owner and w.kind = 'available' and w.currency = 'INR'
     join wallets p on p.owner_id is null and p.kind = 'commission-expense' and p.currency = 'INR'`,
    [owners.map(() => randomUUID()), owners],
  )
  await client.query('commit')
}
