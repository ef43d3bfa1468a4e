import { setTimeout as wait } from 'node:timers/promises'

import { Client } from 'pg'

import type { Finding } from '../types.ts'

/**
 * Runs two connections step by step. A batch locks its wallets in id order, whatever the order of
 * its transfers: the second batch waits for the first, and both post. Single transfers in opposite
 * orders cause a deadlock: PostgreSQL aborts one transaction, which leaves no transfer. Batches
 * avoid this.
 */
export const lockOrder = async (
  databaseUrl: string,
  owners: [string, string],
): Promise<Finding[]> => {
  const [first, second] = [new Client(databaseUrl), new Client(databaseUrl)]
  await Promise.all([first.connect(), second.connect()])
  try {
    return [
      await proveBatchesWait(first, second, owners),
      await proveDeadlockOfSingles(first, second, owners),
    ]
  } finally {
    await Promise.all([first.end(), second.end()])
  }
}

const credit = (owner: string, key: string) => ({
  key,
  kind: 'commission',
  from: { owner: null, kind: 'commission-expense' },
  to: { owner, kind: 'available' },
  amountMinor: 10,
  currency: 'INR',
})
const batch = (client: Client, owners: string[], key: string) =>
  client.query('select outcome from post_transfers($1::jsonb)', [
    JSON.stringify(owners.map((owner) => credit(owner, `${key}:${owner}`))),
  ])
const single = (client: Client, owner: string, key: string) =>
  client.query('select outcome from post_transfer($1::jsonb)', [
    JSON.stringify(credit(owner, `${key}:${owner}`)),
  ])

/** Waits until the connection waits for a lock, so that the next step is deterministic. */
const untilWaiting = async (watcher: Client, pid: number): Promise<boolean> => {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { rows } = await watcher.query<{ type: string | null }>(
      'select wait_event_type as type from pg_stat_activity where pid = $1',
      [pid],
    )
    if (rows[0]?.type === 'Lock') return true
    await wait(10)
  }
  return false
}
const pidOf = async (client: Client): Promise<number> =>
  (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid ?? 0

const proveBatchesWait = async (
  first: Client,
  second: Client,
  [a, b]: [string, string],
): Promise<Finding> => {
  const pid = await pidOf(second)
  await first.query('begin')
  await second.query('begin')
  await batch(first, [a, b], 'order:1')
  const pending = batch(second, [b, a], 'order:2')
  const hasWaited = await untilWaiting(first, pid)
  await first.query('commit')
  const { rows } = await pending
  await second.query('commit')
  return {
    guarantee: 'of two batches in opposite orders the second waits for the first, and both post',
    holds: hasWaited && rows.length === 2,
    seen: `the second waited: ${hasWaited}; it posted ${rows.length} transfers`,
  }
}

const proveDeadlockOfSingles = async (
  first: Client,
  second: Client,
  [a, b]: [string, string],
): Promise<Finding> => {
  const pid = await pidOf(second)
  await first.query('begin')
  await second.query('begin')
  await single(first, a, 'single:1')
  await single(second, b, 'single:2')
  const pending = single(second, a, 'single:2').then(
    () => 'posted',
    (error: unknown) => (error as { code: string }).code,
  )
  await untilWaiting(first, pid)
  const own = await single(first, b, 'single:1').then(
    () => 'posted',
    (error: unknown) => (error as { code: string }).code,
  )
  await first.query(own === 'posted' ? 'commit' : 'rollback')
  const other = await pending
  await second.query(other === 'posted' ? 'commit' : 'rollback')
  const { rows } = await first.query<{ n: number }>(
    `select count(*)::int as n from wallet_transactions where key like 'single:%'`,
  )
  return {
    guarantee:
      'of two transactions of single transfers in opposite orders one is aborted (40P01) and leaves no transfer',
    holds: [own, other].sort().join() === '40P01,posted' && rows[0]?.n === 2,
    seen: `first ${own}, second ${other}, transfers stored ${rows[0]?.n ?? '?'}`,
  }
}
