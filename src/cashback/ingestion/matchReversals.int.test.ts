import type { TransactionRow } from '../networks/types.ts'
import { readBalance } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { aRow, reportRows } from '../../../test/support/reportRows.ts'
import { aShopper } from '../../../test/support/reportStory.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const order = { order: 'o1', click: 'c1', timeline: [{ day: 0, status: 'approved' }] }

const ingest = (network: string, rows: TransactionRow[], day: number) =>
  reportRows(product, { network, rows, day })

describe('a reversal that names no order', () => {
  it('takes from the order of its click that earned as much, however often it is reported', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const orders = [
      aRow(clickId, {}),
      aRow(clickId, { externalId: '2', orderId: '2', commissionMinor: 100 }),
    ]
    const back = aRow(clickId, { externalId: '3', orderId: null, commissionMinor: -200 })
    await ingest(network.id, orders, 1)
    expect(await readBalance(product.payload, member.id)).toBe(3_570)
    await ingest(network.id, [...orders, back], 2)
    await ingest(network.id, [back], 3)
    expect(await readBalance(product.payload, member.id)).toBe(3_430)
  })

  it('finds an order that is reported after it', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    await ingest(
      network.id,
      [aRow(clickId, { externalId: '3', orderId: null, commissionMinor: -200 })],
      1,
    )
    await ingest(network.id, [aRow(clickId, {})], 2)
    expect(await readBalance(product.payload, member.id)).toBe(3_360)
  })

  it('gives back what it took when it turns out to reverse another order', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    await ingest(
      network.id,
      [aRow(clickId, {}), aRow(clickId, { externalId: '2', orderId: '2' })],
      1,
    )
    for (const reversalOf of ['1', '2']) {
      const back = { externalId: '3', orderId: null, commissionMinor: -200, reversalOf }
      await ingest(network.id, [aRow(clickId, back)], Number(reversalOf) + 1)
      expect(await readBalance(product.payload, member.id)).toBe(6_860)
    }
  })

  it('takes nothing from the orders of another click', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const other = aRow('', { externalId: '3', orderId: null, commissionMinor: -200, clickId: null })
    await ingest(network.id, [aRow(clicks.get('c1') ?? '', {}), other], 1)
    expect(await readBalance(product.payload, member.id)).toBe(3_500)
  })
})

it('a reversal lowers cashback that is a share of the amount, and earns nothing itself', async () => {
  const { clicks, member, network } = await aShopper(product, [order])
  const clickId = clicks.get('c1') ?? ''
  await product.sql(`update clicks set rate_basis = 'sale', rate_bps = 300
    where click_id = '${clickId}'`)
  const unmatched = aRow(clickId, { externalId: '4', orderId: null, commissionMinor: -9_000 })
  await ingest(network.id, [aRow(clickId, {}), unmatched], 1)
  expect(await readBalance(product.payload, member.id)).toBe(3_000)
  await ingest(network.id, [aRow(clickId, { externalId: '3', commissionMinor: -5_000 })], 2)
  expect(await readBalance(product.payload, member.id)).toBe(0)
})

it('a reversal of an order with several transactions is taken once, whichever are declined', async () => {
  const { clicks, member, network } = await aShopper(product, [order])
  const of = (externalId: string, over: Partial<TransactionRow> = {}) =>
    aRow(clicks.get('c1') ?? '', { externalId, orderId: 'x', commissionMinor: 1_000, ...over })
  await ingest(network.id, [of('1'), of('2'), of('3')], 1)
  await ingest(network.id, [of('4', { commissionMinor: -1_500 })], 2)
  expect(await readBalance(product.payload, member.id)).toBe(1_050)
  await ingest(network.id, [of('1', { status: 'declined', rawStatus: 'declined' })], 3)
  expect(await readBalance(product.payload, member.id)).toBe(350)
})

describe('reversals that name no order, of a click with several orders', () => {
  const unmatched = (clickId: string, externalId: string, commissionMinor: number) =>
    aRow(clickId, { externalId, orderId: null, commissionMinor })
  const linksOf = (network: string) =>
    product.sql<{
      id: string
      reversalOf: string | null
    }>(`select external_id as id, reversal_of as "reversalOf" from network_transactions
      where network_id = '${network}' and commission_minor < 0 order by external_id`)

  it('take each order once, so that nothing is left when all are reversed', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const each = ['1', '2', '3']
    await ingest(
      network.id,
      each.map((name) => aRow(clickId, { externalId: name, orderId: name })),
      1,
    )
    expect(await readBalance(product.payload, member.id)).toBe(10_500)
    for (const [at, name] of each.entries()) {
      await ingest(network.id, [unmatched(clickId, `r${name}`, -5_000)], at + 2)
      expect(await readBalance(product.payload, member.id)).toBe(10_500 - 3_500 * (at + 1))
    }
  })

  it('leave a declined order for one that counts, and return to it when it is approved again', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const orders = ['1', '2'].map((name) => aRow(clickId, { externalId: name, orderId: name }))
    await ingest(network.id, [...orders, unmatched(clickId, 'r', -5_000)], 1)
    expect(await readBalance(product.payload, member.id)).toBe(3_500)
    for (const [name, status, balance] of [
      ['1', 'declined', 0],
      ['1', 'approved', 3_500],
      ['2', 'declined', 0],
    ] as const) {
      const day = 2 + Number(name) + Number(status === 'approved') / 2
      await ingest(network.id, [aRow(clickId, { externalId: name, orderId: name, status })], day)
      expect(await readBalance(product.payload, member.id)).toBe(balance)
    }
  })

  it('are not matched to orders with an unmapped status, except one that was credited before', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const rows = [
      aRow(clickId, { status: 'unknown' }),
      aRow(clickId, { externalId: '2', orderId: '2' }),
    ]
    await ingest(network.id, [...rows, unmatched(clickId, 'r', -5_000)], 1)
    expect(await readBalance(product.payload, member.id)).toBe(0)
    await ingest(
      network.id,
      [aRow(clickId, { externalId: '2', orderId: '2', status: 'unknown' })],
      2,
    )
    expect(await readBalance(product.payload, member.id)).toBe(0)
  })

  it('take what an order earned in several transactions', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const rows = [4_000, 6_000].map((commissionMinor, at) =>
      aRow(clickId, { externalId: String(at), commissionMinor }),
    )
    await ingest(network.id, rows, 1)
    await ingest(network.id, [unmatched(clickId, 'r', -10_000)], 2)
    expect(await readBalance(product.payload, member.id)).toBe(0)
  })

  it('stay with their order when the network names it later', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    await ingest(network.id, [aRow(clickId, {}), unmatched(clickId, 'r', -5_000)], 1)
    expect(await readBalance(product.payload, member.id)).toBe(0)
    await ingest(network.id, [aRow(clickId, { orderId: 'OD-1' })], 2)
    expect(await readBalance(product.payload, member.id)).toBe(0)
    expect(await linksOf(network.id)).toEqual([{ id: 'r', reversalOf: 'OD-1' }])
  })

  it('leave what the network itself matches in place, and make room for it', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const orders = ['1', '2'].map((name) => aRow(clickId, { externalId: name, orderId: name }))
    await ingest(network.id, [...orders, unmatched(clickId, 'r1', -5_000)], 1)
    const [{ reversalOf } = { reversalOf: null }] = await linksOf(network.id)
    const reported = aRow(clickId, {
      externalId: 'r2',
      orderId: null,
      reversalOf,
      commissionMinor: -5_000,
      clickId: null,
    })
    await ingest(network.id, [reported], 2)
    expect(await readBalance(product.payload, member.id)).toBe(0)
    const other = reversalOf === '1' ? '2' : '1'
    expect(await linksOf(network.id)).toEqual([
      { id: 'r1', reversalOf: other },
      { id: 'r2', reversalOf },
    ])
  })

  it('are not matched to an order with too little left, and are matched once enough is left', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const reported = aRow('', { externalId: 'r2', commissionMinor: -2_000, clickId: null })
    await ingest(network.id, [aRow(clickId, {}), reported, unmatched(clickId, 'r1', -4_000)], 1)
    expect(await readBalance(product.payload, member.id)).toBe(2_100)
    expect(await linksOf(network.id)).toMatchObject([{ reversalOf: null }, { reversalOf: '1' }])
    await ingest(network.id, [{ ...reported, status: 'declined' }], 2)
    expect(await readBalance(product.payload, member.id)).toBe(700)
  })

  it('are matched again when they are repeated, which corrects a wrong match', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const orders = ['1', '2'].map((name) => aRow(clickId, { externalId: name, orderId: name }))
    const reversals = ['r1', 'r2'].map((name) => unmatched(clickId, name, -5_000))
    await ingest(network.id, [...orders, ...reversals], 1)
    await product.sql(`update network_transactions set reversal_of = '1'
      where network_id = '${network.id}' and commission_minor < 0`)
    await ingest(network.id, [orders[0] ?? aRow(clickId, {}), ...reversals], 2)
    expect(await linksOf(network.id)).toEqual([
      { id: 'r1', reversalOf: '1' },
      { id: 'r2', reversalOf: '2' },
    ])
    expect(await readBalance(product.payload, member.id)).toBe(0)
  })
})
