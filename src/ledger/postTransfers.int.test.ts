import { createLocalReq, type PayloadRequest } from 'payload'
import fc from 'fast-check'

import { createUser } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { inTransaction } from '../database/inTransaction.ts'
import { postTransfer } from './postTransfer.ts'
import { postTransfers } from './postTransfers.ts'
import { available, platform, type Transfer } from './transfer.ts'
import { verifyWallets } from './verification/verifyWallets.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const run = async <Result>(work: (req: PayloadRequest) => Promise<Result>): Promise<Result> => {
  const req = await createLocalReq({}, product.payload)
  return inTransaction(req, () => work(req))
}

const credit = (owner: string, key: string, amountMinor = 100): Transfer => ({
  key,
  kind: 'commission',
  from: platform('commission-expense'),
  to: available(owner),
  amountMinor,
  currency: 'INR',
})
const debit = (
  owner: string,
  key: string,
  amountMinor: number,
  kind: Transfer['kind'],
): Transfer => ({
  key,
  kind,
  from: available(owner),
  to: platform('commission-expense'),
  amountMinor,
  currency: 'INR',
})

const books = (owner: string) =>
  product.sql(`select w.balance_minor, w.version, (select json_agg(json_build_array(t.kind,
      t.amount_minor, t.from_balance_after, t.from_version, t.to_balance_after, t.to_version)
      order by coalesce(t.to_version, t.from_version))
    from wallet_transactions t where w.id in (t.from_wallet_id, t.to_wallet_id)) as moves
    from wallets w where w.owner_id = '${owner}'`)

describe('posting a batch', () => {
  it('gives the same books as posting one by one, whatever the transfers', async () => {
    const move = fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 5_000 }))
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 12 }), async (moves) => {
        const [batched, single] = [
          await createUser(product.payload),
          await createUser(product.payload),
        ]
        const of = (owner: string) =>
          moves.map(([isCredit, amount], index) =>
            isCredit
              ? credit(owner, `${owner}:${index}`, amount)
              : debit(owner, `${owner}:${index}`, amount, 'clawback'),
          )
        await run((req) => postTransfers(req, of(batched.id)))
        await run(async (req) => {
          for (const transfer of of(single.id)) await postTransfer({ req, ...transfer })
        })
        expect(await books(batched.id)).toEqual(await books(single.id))
      }),
      { numRuns: 25 },
    )
    expect((await verifyWallets(product.payload)).problems).toEqual([])
  }, 120_000)

  it('posts each key once, for any number of repeats in batches at once', async () => {
    const { id } = await createUser(product.payload)
    const batch = Array.from({ length: 50 }, (_, index) => credit(id, `${id}:${index}`))
    await Promise.all(
      [batch, [...batch].reverse(), [...batch, ...batch]].map((transfers) =>
        run((req) => postTransfers(req, transfers)),
      ),
    )
    expect(await books(id)).toMatchObject([{ balance_minor: '5000', version: '50' }])
  })

  it.each([
    [
      'a key with other content',
      'ledger.key-reused',
      (id: string) => [credit(id, `${id}:x`, 1), credit(id, `${id}:x`, 2)],
    ],
    [
      'an overdraft',
      'wallet.insufficient-funds',
      (id: string) => [credit(id, `${id}:a`, 5), debit(id, `${id}:b`, 6, 'adjustment')],
    ],
    ['half a paisa', 'money.not-minor', (id: string) => [credit(id, `${id}:a`, 0.5)]],
  ])('refuses %s, and posts nothing of the batch', async (_name, code, batch) => {
    const { id } = await createUser(product.payload)
    await expect(run((req) => postTransfers(req, batch(id)))).rejects.toMatchObject({ code })
    expect(await books(id)).toEqual([])
  })
})

describe('posting one', () => {
  it('returns the earlier transfer for the same key and refuses other content', async () => {
    const { id } = await createUser(product.payload)
    const first = await run((req) => postTransfer({ req, ...credit(id, `${id}:1`) }))
    const again = await run((req) =>
      postTransfer({ req, ...credit(id, `${id}:1`), reason: 'retry' }),
    )
    expect(again).toEqual({ id: first.id, isNew: false })
    await expect(
      run((req) => postTransfer({ req, ...credit(id, `${id}:1`, 101) })),
    ).rejects.toMatchObject({ code: 'ledger.key-reused' })
  })

  it('refuses to overdraw, except by a clawback', async () => {
    const { id } = await createUser(product.payload)
    await expect(
      run((req) => postTransfer({ req, ...debit(id, `${id}:1`, 1, 'adjustment') })),
    ).rejects.toMatchObject({ code: 'wallet.insufficient-funds' })
    await run((req) => postTransfer({ req, ...debit(id, `${id}:2`, 1, 'clawback') }))
    expect(await books(id)).toMatchObject([{ balance_minor: '-1' }])
  })

  it('refuses to post outside a transaction', async () => {
    const req = await createLocalReq({}, product.payload)
    await expect(postTransfer({ req, ...credit('x', 'y') })).rejects.toMatchObject({
      code: 'ledger.no-transaction',
    })
  })

  it('ends as a repeat when two post one key at once without a wallet in common', async () => {
    const [a, b] = [await createUser(product.payload), await createUser(product.payload)]
    const outcomes = await Promise.allSettled([
      run((req) => postTransfer({ req, ...credit(a.id, 'shared') })),
      run((req) => postTransfer({ req, ...credit(b.id, 'shared') })),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(
      await product.sql(`select 1 from wallet_transactions where key = 'shared'`),
    ).toHaveLength(1)
    expect((await verifyWallets(product.payload)).problems).toEqual([])
  })
})
