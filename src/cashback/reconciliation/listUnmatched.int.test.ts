import { createMerchant, createNetwork } from '../../../test/support/cashbackFactories.ts'
import { createUser, readBalance, signIn } from '../../../test/support/factories.ts'
import { insertClick } from '../../../test/support/insertRows.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { readDb } from '../../database/readDb.ts'
import { countUnmatchedReversals, listUnmatched } from './listUnmatched.ts'

let product: Product
let finance: string
beforeAll(async () => {
  product = await startProduct()
  finance = await signIn(product.payload, await createUser(product.payload, { role: 'finance' }))
})
afterAll(() => product.close())

const SETTINGS = {
  mapping: {
    columns: {
      externalId: 'Id',
      orderId: 'Order',
      clickId: 'Click',
      merchantId: 'Merchant',
      status: 'State',
      commission: 'Commission',
      currency: 'Currency',
      eventAt: 'Date',
    },
    statuses: { ok: 'approved', no: 'declined' },
    currency: 'INR',
  },
}

/** A member with two clicks, at 70 %, at a network that is read from files. */
const open = async () => {
  const { payload } = product
  const member = (await createUser(payload)).id
  const network = (await createNetwork(payload, { adapter: 'csv', settings: SETTINGS })).id
  const merchant = (await createMerchant(payload)).id
  const click = { member, merchant, network, at: '2026-01-01T00:00:00Z' }
  const one = (await insertClick(product, click)).clickId
  const other = (await insertClick(product, click)).clickId
  const post = (path: string, lines: string[]) =>
    product.rest<{ errors: unknown[] }>('POST', `/api/networks/${network}/${path}`, {
      authorization: finance,
      body: lines.join('\n'),
      headers: { 'Content-Type': 'text/csv' },
    })
  const importLines = async (lines: string[]) => {
    const header = 'Id,Order,Click,Merchant,State,Commission,Currency,Date'
    const { body } = await post('import?asOf=2026-03-01', [header, ...lines])
    expect(body.errors).toEqual([])
  }
  const unmatched = async () => {
    const db = await readDb(product)
    const rows = (await listUnmatched(db, 1_000)).filter((row) => row.network === network)
    const reversals = rows.filter(({ kind }) => kind === 'reversal')
    expect((await countUnmatchedReversals(db)).get(network) ?? 0).toBe(reversals.length)
    return rows
  }
  const wallet = () => readBalance(payload, member)
  return { importLines, member, network, one, other, post, unmatched, wallet }
}

describe('a reversal without a merchant', () => {
  it('takes from the order with its number, if one programme has that number', async () => {
    const { importLines, one, unmatched, wallet } = await open()
    await importLines([`A,M-1,${one},77,ok,10.00,,2026-01-05`])
    await importLines([`B,M-1,${one},,ok,-4.00,,2026-01-06`])
    expect(await wallet()).toBe(420)
    expect(await unmatched()).toEqual([])
  })

  it('takes from neither and is listed, if two programmes have that number', async () => {
    const { importLines, one, other, unmatched, wallet } = await open()
    await importLines([
      `A,M-1,${one},77,ok,10.00,,2026-01-05`,
      `C,M-1,${other},88,ok,10.00,,2026-01-05`,
      `B,M-1,${one},,ok,-4.00,,2026-01-06`,
    ])
    expect(await wallet()).toBe(1_400)
    expect(await unmatched()).toMatchObject([
      { kind: 'reversal', externalId: 'B', orderId: 'M-1', amountMinor: -400, currency: 'INR' },
    ])
  })

  it('and without an order takes from the orders of its click, if they are of one programme', async () => {
    const { importLines, one, unmatched, wallet } = await open()
    await importLines([`A,M-1,${one},77,ok,10.00,,2026-01-05`, `B,,${one},,ok,-4.00,,2026-01-06`])
    expect(await wallet()).toBe(420)
    expect(await unmatched()).toEqual([])
  })

  it('and without an order is listed, if the orders of its click are of two programmes', async () => {
    const { importLines, one, unmatched, wallet } = await open()
    await importLines([
      `A,M-1,${one},77,ok,10.00,,2026-01-05`,
      `C,M-2,${one},88,ok,10.00,,2026-01-05`,
      `B,,${one},,ok,-4.00,,2026-01-06`,
    ])
    expect(await wallet()).toBe(1_400)
    expect(await unmatched()).toMatchObject([{ externalId: 'B', amountMinor: -400 }])
  })
})

describe('a reversal', () => {
  it.each([
    ['of an order that was never reported', 'M-9', '77', ''],
    ['of another programme', 'M-1', '88', ''],
    ['in another currency', 'M-1', '77', 'USD'],
    ['without an order and a click', '', '77', ''],
  ])('%s takes nothing and is listed', async (_what, order, merchant, currency) => {
    const { importLines, one, unmatched, wallet } = await open()
    await importLines([
      `A,M-1,${one},77,ok,10.00,,2026-01-05`,
      `B,${order},,${merchant},ok,-4.00,${currency},2026-01-06`,
    ])
    expect(await wallet()).toBe(700)
    expect(await unmatched()).toMatchObject([{ externalId: 'B', amountMinor: -400 }])
  })

  it('is no longer listed when its order is reported, and not while it is declined', async () => {
    const { importLines, one, unmatched, wallet } = await open()
    await importLines([
      `B,M-1,${one},77,ok,-4.00,,2026-01-06`,
      `D,M-8,${one},77,no,-4.00,,2026-01-06`,
    ])
    expect(await unmatched()).toMatchObject([{ externalId: 'B' }])
    await importLines([`A,M-1,${one},77,ok,10.00,,2026-01-05`])
    expect(await unmatched()).toEqual([])
    expect(await wallet()).toBe(420)
  })
})

it('a line of a statement without a transaction is listed with its statement, also as CSV', async () => {
  const { importLines, network, one, other, post, unmatched } = await open()
  await importLines([
    `A,1001,${one},77,ok,40.00,,2026-01-05`,
    `C,1001,${other},88,ok,60.00,,2026-01-05`,
  ])
  await post('statements?reference=R-7&paidAt=2026-02-20&currency=INR', [
    'order_id,payout',
    '1001,59.40',
    '1001,60.00',
    '2002,5.00',
  ])
  const lines = await unmatched()
  expect(lines).toHaveLength(2)
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'statement-line', reference: 'R-7', amountMinor: 5_940 }),
      expect.objectContaining({ orderId: '2002', amountMinor: 500 }),
    ]),
  )
  const path = '/api/networks/unmatched?format=csv'
  const response = await product.raw('GET', path, { authorization: finance })
  expect(await response.text()).toContain('R-7,,2002,,5.00,INR')
  const json = await product.rest<{ rows: { network: string }[] }>(
    'GET',
    '/api/networks/unmatched',
    { authorization: finance },
  )
  expect(json.body.rows.filter((row) => row.network === network)).toHaveLength(2)
})

it('the report of what is unmatched is for staff only', async () => {
  const path = '/api/networks/unmatched'
  expect((await product.rest('GET', path)).status).toBe(401)
  const member = await signIn(product.payload, await createUser(product.payload))
  expect((await product.rest('GET', path, { authorization: member })).status).toBe(403)
})
