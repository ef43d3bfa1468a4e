import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

import type { CollectionAfterChangeHook } from 'payload'

import { verifyWallets } from '../../src/ledger/verification/verifyWallets.ts'
import {
  createMachine,
  createPayment,
  createReferral,
  createUser,
  readBalance,
} from '../support/factories.ts'
import { type BuiltProduct, startBuiltProduct } from '../support/startBuiltProduct.ts'
import { inLanes } from './inLanes.ts'
import type { Finding, Proof, ProofContext } from './types.ts'

/** Sends many parallel requests to the built product over HTTP. */
export const award: Proof = {
  name: 'award',
  claim: 'a payment pays its commission once, exactly, and together with its own completion',
  run: async (context) => {
    const product = await startBuiltProduct(context.postgres)
    try {
      const authorization = await createMachine(product.payload, ['payments:write'])
      const send = createSender(product.web.baseUrl, authorization, context.isQuick)
      return [
        await oneOfFifty(product, send, context),
        await exactUnderOneReferrer(product, send, context),
        await nothingWhenAHookThrows(product),
        await verifyBooks(product),
      ]
    } finally {
      await product.stop()
    }
  },
}

type Send = (method: 'PATCH' | 'POST', path: string, body: unknown) => Promise<number>

const MAX_TRIES = 20

/**
 * Returns a function that sends a request and returns its status. The full form runs alone on the
 * machine and takes the status of the first response. The quick form runs beside other proofs:
 * there a request may wait too long for a connection or a lock of the database (5xx), and is sent
 * again, as a client does.
 */
const createSender =
  (baseUrl: string, authorization: string, isRepeated: boolean): Send =>
  async (method, path, body) => {
    const headers = {
      'Content-Type': 'application/json',
      Authorization: authorization,
      ...(isRepeated && method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
    }
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        headers,
        body: JSON.stringify(body),
      })
      await response.text()
      if (!isRepeated || response.status < 500 || tries === MAX_TRIES) return response.status
      await wait(100)
    }
  }

const oneOfFifty = async (
  product: BuiltProduct,
  send: Send,
  { isQuick, say }: ProofContext,
): Promise<Finding> => {
  const rounds = isQuick ? 3 : 20
  let broken = 0
  const statuses = new Map<number, number>()
  for (let round = 0; round < rounds; round += 1) {
    const { affiliate, buyer } = await createReferral(product.payload)
    const { id } = await createPayment(product.payload, { user: buyer.id, amountMinor: 12_345 })
    const complete = () => send('PATCH', `/api/payments/${id}`, { status: 'completed' })
    for (const status of await Promise.all(Array.from({ length: 50 }, complete))) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    const [counts] = await product.query<{ commissions: number; transfers: number }>(
      `select (select count(*)::int from commissions where payment_id = $1) as commissions,
        (select count(*)::int from wallet_transactions where payment_id = $1) as transfers`,
      [id],
    )
    const balance = await readBalance(product.payload, affiliate.id)
    if (counts?.commissions !== 1 || counts.transfers !== 1 || balance !== 1_235) broken += 1
  }
  say(`50 parallel completions, ${rounds} times`)
  return {
    guarantee: 'one payment completed by 50 parallel requests pays once',
    holds: broken === 0 && [...statuses.keys()].every((status) => status === 200),
    seen: `${rounds} rounds, ${broken} without exactly one commission and one transfer; statuses ${formatStatuses(statuses)}`,
  }
}

const exactUnderOneReferrer = async (
  product: BuiltProduct,
  send: Send,
  { say }: ProofContext,
): Promise<Finding> => {
  const affiliate = await createUser(product.payload, { affiliateActive: true })
  const buyers = await inLanes(Array.from({ length: 20 }), 4, () =>
    createUser(product.payload, { referredBy: affiliate.id }),
  )
  const amounts = Array.from({ length: 200 }, (_, index) => 1_000 + index * 37)
  const statuses = new Map<number, number>()
  const responses = await Promise.all(
    amounts.map((amountMinor, index) =>
      send('POST', '/api/payments', {
        reference: randomUUID(),
        user: buyers[index % buyers.length]?.id,
        amountMinor,
        currency: 'INR',
        status: 'completed',
      }),
    ),
  )
  for (const status of responses) statuses.set(status, (statuses.get(status) ?? 0) + 1)

  const expected = amounts.reduce((sum, amount) => sum + Math.floor((amount + 5) / 10), 0)
  const balance = await readBalance(product.payload, affiliate.id)
  const [stats] = await product.query<{ deadlocks: number }>(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  )
  say('200 parallel payments under one referrer')
  return {
    guarantee: '200 parallel payments under one referrer add up exactly, without a deadlock',
    holds: balance === expected && stats?.deadlocks === 0 && statuses.get(201) === 200,
    seen: `balance ${balance}, expected ${expected}; deadlocks ${stats?.deadlocks ?? '?'}; statuses ${formatStatuses(statuses)}`,
  }
}

/** Adds a throwing hook after the award, in this process: the product has no such switch. */
const nothingWhenAHookThrows = async (product: BuiltProduct): Promise<Finding> => {
  const { payload } = product
  const { affiliate, buyer } = await createReferral(payload)
  const { id } = await createPayment(payload, { user: buyer.id })
  const hooks = payload.collections.payments.config.hooks.afterChange
  let awarded = 0
  const thrower: CollectionAfterChangeHook = async ({ req }) => {
    const { totalDocs } = await req.payload.count({
      collection: 'wallet-transactions',
      where: { payment: { equals: id } },
      req,
    })
    awarded = totalDocs
    throw new Error('thrown after the award')
  }
  hooks.push(thrower)
  const failed = await payload
    .update({ collection: 'payments', id, data: { status: 'completed' }, depth: 0 })
    .then(
      () => false,
      () => true,
    )
  hooks.splice(hooks.indexOf(thrower), 1)

  const [row] = await product.query<{ status: string; rows: number }>(
    `select status::text, (select count(*)::int from commissions where payment_id = $1)
      + (select count(*)::int from wallet_transactions where payment_id = $1) as rows
     from payments where id = $1`,
    [id],
  )
  const balance = await readBalance(payload, affiliate.id)
  return {
    guarantee: 'a hook that throws after the award leaves payment and money unchanged',
    holds: failed && awarded === 1 && row?.status === 'pending' && row.rows === 0 && balance === 0,
    seen: `award seen inside the transaction ${awarded}; afterwards status ${row?.status ?? '?'}, rows ${row?.rows ?? '?'}, balance ${balance}`,
  }
}

const verifyBooks = async ({ payload }: BuiltProduct): Promise<Finding> => {
  const { problems, transfers, wallets } = await verifyWallets(payload)
  return {
    guarantee: 'the books add up afterwards',
    holds: problems.length === 0 && transfers > 0,
    seen: `${wallets} wallets, ${transfers} transfers, ${problems.length} problems`,
  }
}

const formatStatuses = (statuses: Map<number, number>): string =>
  [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ')
