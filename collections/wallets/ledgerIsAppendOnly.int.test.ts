import {
  createPayment,
  createReferral,
  createUser,
  readBalance,
  signIn,
} from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let admin: string
let transferId: string
let walletId: string

beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  admin = await signIn(payload, await createUser(payload, { role: 'admin' }))
  const { affiliate, buyer } = await createReferral(payload)
  await createPayment(payload, { user: buyer.id, status: 'completed' })
  expect(await readBalance(payload, affiliate.id)).toBe(1_000)
  const transfers = await payload.find({ collection: 'wallet-transactions', depth: 0 })
  transferId = transfers.docs[0]?.id ?? ''
  walletId = transfers.docs[0]?.toWallet as string
})
afterAll(() => product.close())

const ledger = () =>
  product.sql(`select w.balance_minor, w.version, t.amount_minor, t.key
    from wallet_transactions t join wallets w on w.id = t.to_wallet_id`)

/** Runs an attempt. Returns true if the ledger did not change. */
const untouchedBy = async (attempt: () => Promise<unknown>): Promise<boolean> => {
  const before = await ledger()
  await attempt()
  return JSON.stringify(await ledger()) === JSON.stringify(before)
}

describe('SQL on wallet_transactions', () => {
  it.each([
    ['UPDATE', 'update wallet_transactions set amount_minor = 1'],
    ['DELETE', 'delete from wallet_transactions'],
    ['TRUNCATE', 'truncate wallet_transactions'],
    ['TRUNCATE CASCADE from a table it refers to', 'truncate payments cascade'],
  ])('%s is refused', async (_name, statement) => {
    await expect(product.sql(statement)).rejects.toMatchObject({
      cause: expect.objectContaining({ message: expect.stringContaining('is refused') }),
    })
  })

  it.each([
    ['a wallet', 'delete from wallets where owner_id is not null'],
    ['a payment', 'delete from payments'],
    ['a commission', 'delete from commissions'],
    ['a member', 'delete from users where affiliate_active'],
  ])('deleting %s of a transfer is refused', async (_name, statement) => {
    await expect(product.sql(statement)).rejects.toMatchObject({
      cause: expect.objectContaining({ code: '23001' }),
    })
  })
})

describe('an admin, over REST,', () => {
  const body = { amountMinor: 1, currency: 'INR', key: 'mine', balanceMinor: 1 }

  it.each([
    ['create', 'POST', () => '/api/wallet-transactions'],
    ['update one', 'PATCH', () => `/api/wallet-transactions/${transferId}`],
    ['update many', 'PATCH', () => '/api/wallet-transactions?where[amountMinor][exists]=true'],
    ['delete one', 'DELETE', () => `/api/wallet-transactions/${transferId}`],
    ['delete many', 'DELETE', () => '/api/wallet-transactions?where[amountMinor][exists]=true'],
    ['duplicate', 'POST', () => `/api/wallet-transactions/${transferId}/duplicate`],
    ['create a wallet', 'POST', () => '/api/wallets'],
    ['update a wallet', 'PATCH', () => `/api/wallets/${walletId}`],
    ['update many wallets', 'PATCH', () => '/api/wallets?where[version][exists]=true'],
    ['delete a wallet', 'DELETE', () => `/api/wallets/${walletId}`],
    ['create a commission', 'POST', () => '/api/commissions'],
    ['delete many commissions', 'DELETE', () => '/api/commissions?where[id][exists]=true'],
    ['delete many payments', 'DELETE', () => '/api/payments?where[id][exists]=true'],
  ])('cannot %s', async (_name, method, path) => {
    let status = 0
    const isUntouched = await untouchedBy(async () => {
      ;({ status } = await product.rest(method, path(), { authorization: admin, body }))
    })
    expect(isUntouched).toBe(true)
    expect([403, 404]).toContain(status)
  })
})

describe('an admin, over GraphQL,', () => {
  it.each([
    ['create', 'mutation { createWalletTransaction(data: { key: "mine" }) { id } }'],
    ['update', 'mutation { updateWalletTransaction(id: "ID", data: { amountMinor: 1 }) { id } }'],
    ['delete', 'mutation { deleteWalletTransaction(id: "ID") { id } }'],
    ['update a wallet', 'mutation { updateWallet(id: "ID", data: { balanceMinor: 1 }) { id } }'],
    [
      'update a commission',
      'mutation { updateCommission(id: "ID", data: { amountMinor: 1 }) { id } }',
    ],
    ['delete a payment', 'mutation { deletePayment(id: "ID") { id } }'],
  ])('cannot %s', async (_name, mutation) => {
    const isUntouched = await untouchedBy(async () => {
      const { body } = await product.graphql(mutation.replace('ID', transferId), admin)
      expect(body.errors).not.toHaveLength(0)
      expect(Object.values(body.data ?? {}).every((value) => value === null)).toBe(true)
    })
    expect(isUntouched).toBe(true)
  })
})

it('the Local API cannot change the ledger, although it skips access rules', async () => {
  await expect(
    product.payload.update({
      collection: 'wallet-transactions',
      id: transferId,
      data: { amountMinor: 1 },
    }),
  ).rejects.toThrow()
  await expect(
    product.payload.delete({ collection: 'wallet-transactions', id: transferId }),
  ).rejects.toThrow()
})
