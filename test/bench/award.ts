import { randomUUID } from 'node:crypto'

import type { Client } from 'pg'

import { measureInTurn, type Figure, percentOf, measureRate } from './measure.ts'
import { WIDTH, type World } from './world.ts'

const paymentOf = ({ payers }: World, index: number, status: 'completed' | 'pending') => ({
  reference: randomUUID(),
  user: payers[index % payers.length] ?? '',
  amountMinor: 12_345,
  currency: 'INR',
  status,
})

/** Writes the rows of an award by hand in one transaction. No product can be faster than this. */
const rawAward = async (client: Client, payer: string, referrer: string): Promise<void> => {
  const [payment, commission] = [randomUUID(), randomUUID()]
  await client.query('begin')
  await client.query(
    `insert into payments (id, reference, user_id, amount_minor, currency, status, completed_at) values ($1::uuid, $2::text, $3, 12345, 'INR', 'completed', now())`,
    [payment, payment, payer],
  )
  await client.query(
    `insert into commissions (id, payment_id, payer_id, referrer_id, status, rate_bps, base_minor, amount_minor, currency, rule, checks, decided_at)
     values ($1, $2, $3, $4, 'awarded', 1000, 12345, 1235, 'INR', '{}', '[]', now())`,
    [commission, payment, payer, referrer],
  )
  await rawTransfer(client, referrer, payment, commission)
  await client.query('commit')
}

const rawTransfer = async (
  client: Client,
  owner: string,
  payment: string | null,
  commission: string | null,
) => {
  const { rows } = await client.query<{ id: string; balance_minor: string; version: string }>(
    `update wallets set balance_minor = balance_minor + 1235, version = version + 1
     where owner_id = $1 and kind = 'available' and currency = 'INR' returning id, balance_minor, version`,
    [owner],
  )
  await client.query(
    `insert into wallet_transactions (id, key, request_hash, kind, from_wallet_id, to_wallet_id, amount_minor,
       currency, to_balance_after, to_version, payment_id, commission_id, occurred_at, posted_at)
     values ($1::uuid, $1::uuid::text, '', 'commission', (select id from wallets where owner_id is null and kind = 'commission-expense' and currency = 'INR'),
       $2, 1235, 'INR', $3, $4, $5, $6, now(), clock_timestamp())`,
    [randomUUID(), rows[0]?.id, rows[0]?.balance_minor, rows[0]?.version, payment, commission],
  )
}

export const awardThroughLocalApi = async (world: World): Promise<Figure> => {
  const count = world.isQuick ? 400 : 2_000
  const { payload } = world.product
  // Creates the wallet of every referrer before the measurement.
  await measureRate(world.payers.length, WIDTH, (index) =>
    payload.create({
      collection: 'payments',
      data: paymentOf(world, index, 'completed'),
      depth: 0,
    }),
  )
  const { ours, raw } = await measureInTurn(
    () =>
      measureRate(count, WIDTH, (index) =>
        payload.create({
          collection: 'payments',
          data: paymentOf(world, index, 'completed'),
          depth: 0,
        }),
      ),
    () =>
      measureRate(count, WIDTH, (index, lane) => {
        const [payer, referrer] = [world.payers[index % 200], world.referrers[index % 200]]
        return rawAward(world.clients[lane] as Client, payer ?? '', referrer ?? '')
      }),
  )
  return {
    name: 'award through the Local API, c = 8',
    unit: 'awards/s',
    ours,
    raw,
    goal: '≥ 30 % of raw',
    isMet: percentOf(ours, raw) >= 30,
  }
}

/**
 * Compares with the same request that leaves the payment pending, to measure what the award adds.
 */
export const awardThroughRest = async (world: World): Promise<Figure> => {
  const count = world.isQuick ? 200 : 1_000
  const post = (status: 'completed' | 'pending') => () =>
    measureRate(count, WIDTH, async (index) => {
      const response = await fetch(`${world.product.web.baseUrl}/api/payments?depth=0`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: world.authorization },
        body: JSON.stringify(paymentOf(world, index, status)),
      })
      await response.text()
      if (response.status !== 201)
        throw new Error(`POST /api/payments returned ${response.status}.`)
    })
  const { ours, raw } = await measureInTurn(post('completed'), post('pending'))
  return {
    name: 'award through REST, c = 8 (raw: the same request without an award)',
    unit: 'requests/s',
    ours,
    raw,
    goal: 'adds ≤ 25 %; > 300/s',
    isMet: ours * 1.25 >= raw && ours > 300,
  }
}

export const oneHotWallet = async (world: World): Promise<Figure> => {
  const count = world.isQuick ? 800 : 4_000
  const owner = world.referrers[0] ?? ''
  const transfer = () =>
    JSON.stringify({
      key: randomUUID(),
      kind: 'commission',
      from: { owner: null, kind: 'commission-expense' },
      to: { owner, kind: 'available' },
      amountMinor: 1_235,
      currency: 'INR',
    })
  const { ours, raw } = await measureInTurn(
    () =>
      measureRate(count, WIDTH, (_index, lane) =>
        (world.clients[lane] as Client).query('select * from post_transfer($1::jsonb)', [
          transfer(),
        ]),
      ),
    () =>
      measureRate(count, WIDTH, async (_index, lane) => {
        const client = world.clients[lane] as Client
        await client.query('begin')
        await rawTransfer(client, owner, null, null)
        await client.query('commit')
      }),
  )
  return {
    name: 'one hot wallet, c = 8, in SQL',
    unit: 'transfers/s',
    ours,
    raw,
    goal: '≥ 48 % of raw (pgledger: 43–48 %)',
    isMet: percentOf(ours, raw) >= 48,
  }
}
