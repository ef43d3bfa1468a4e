import type { TransactionRow } from '../networks/types.ts'
import { readBalance } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { buildTransactionRow, ingestRowsAt } from '../../../test/support/cashbackFactories.ts'
import { createMemberWithClicks } from '../../../test/support/ingestOrders.ts'
import { instantOf } from '../../../test/support/instants.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const order = { order: 'o1', click: 'c1', timeline: [{ day: 0, status: 'approved' }] }

const ingest = (network: string, rows: TransactionRow[], day: number) =>
  ingestRowsAt(product, { network, rows, at: instantOf(day) })

describe('a reversal that names no order', () => {
  it('takes the cashback of the order of its click with that amount, once for any number of reports', async () => {
    const { clicks, member, network } = await createMemberWithClicks(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const orders = [
      buildTransactionRow({ subId: clickId }),
      buildTransactionRow({ subId: clickId, externalId: '2', orderId: '2', commissionMinor: 100 }),
    ]
    const back = buildTransactionRow({
      subId: clickId,
      externalId: '3',
      orderId: null,
      commissionMinor: -200,
    })
    await ingest(network.id, orders, 1)
    expect(await readBalance(product.payload, member.id)).toBe(3_570)
    await ingest(network.id, [...orders, back], 2)
    await ingest(network.id, [back], 3)
    expect(await readBalance(product.payload, member.id)).toBe(3_430)
  })

  it('is matched to an order that is reported after it', async () => {
    const { clicks, member, network } = await createMemberWithClicks(product, [order])
    const clickId = clicks.get('c1') ?? ''
    await ingest(
      network.id,
      [
        buildTransactionRow({
          subId: clickId,
          externalId: '3',
          orderId: null,
          commissionMinor: -200,
        }),
      ],
      1,
    )
    await ingest(network.id, [buildTransactionRow({ subId: clickId })], 2)
    expect(await readBalance(product.payload, member.id)).toBe(3_360)
  })

  it('returns the amount to its first order when it is matched to another order', async () => {
    const { clicks, member, network } = await createMemberWithClicks(product, [order])
    const clickId = clicks.get('c1') ?? ''
    await ingest(
      network.id,
      [
        buildTransactionRow({ subId: clickId }),
        buildTransactionRow({ subId: clickId, externalId: '2', orderId: '2' }),
      ],
      1,
    )
    for (const reversalOf of ['1', '2']) {
      const back = { externalId: '3', orderId: null, commissionMinor: -200, reversalOf }
      await ingest(
        network.id,
        [buildTransactionRow({ subId: clickId, ...back })],
        Number(reversalOf) + 1,
      )
      expect(await readBalance(product.payload, member.id)).toBe(6_860)
    }
  })

  it('takes nothing off the orders of another click', async () => {
    const { clicks, member, network } = await createMemberWithClicks(product, [order])
    const other = buildTransactionRow({ externalId: '3', orderId: null, commissionMinor: -200 })
    await ingest(network.id, [buildTransactionRow({ subId: clicks.get('c1') ?? '' }), other], 1)
    expect(await readBalance(product.payload, member.id)).toBe(3_500)
  })
})

it('a reversal lowers cashback that is a share of the amount, and earns nothing itself', async () => {
  const { clicks, member, network } = await createMemberWithClicks(product, [order])
  const clickId = clicks.get('c1') ?? ''
  await product.sql(`update clicks set rate_basis = 'sale', rate_bps = 300
    where click_id = '${clickId}'`)
  const unmatched = buildTransactionRow({
    subId: clickId,
    externalId: '4',
    orderId: null,
    commissionMinor: -9_000,
  })
  await ingest(network.id, [buildTransactionRow({ subId: clickId }), unmatched], 1)
  expect(await readBalance(product.payload, member.id)).toBe(3_000)
  await ingest(
    network.id,
    [buildTransactionRow({ subId: clickId, externalId: '3', commissionMinor: -5_000 })],
    2,
  )
  expect(await readBalance(product.payload, member.id)).toBe(0)
})

it('a reversal of an order with several transactions is subtracted once, whichever of them are declined', async () => {
  const { clicks, member, network } = await createMemberWithClicks(product, [order])
  const of = (externalId: string, over: Partial<TransactionRow> = {}) =>
    buildTransactionRow({
      subId: clicks.get('c1') ?? '',
      externalId,
      orderId: 'x',
      commissionMinor: 1_000,
      ...over,
    })
  await ingest(network.id, [of('1'), of('2'), of('3')], 1)
  await ingest(network.id, [of('4', { commissionMinor: -1_500 })], 2)
  expect(await readBalance(product.payload, member.id)).toBe(1_050)
  await ingest(network.id, [of('1', { status: 'declined', rawStatus: 'declined' })], 3)
  expect(await readBalance(product.payload, member.id)).toBe(350)
})

describe('reversals that name no order, of a click with several orders', () => {
  const unmatched = (clickId: string, externalId: string, commissionMinor: number) =>
    buildTransactionRow({ subId: clickId, externalId, orderId: null, commissionMinor })
  const linksOf = (network: string) =>
    product.sql<{
      id: string
      reversalOf: string | null
    }>(`select external_id as id, reversal_of as "reversalOf" from network_transactions
      where network_id = '${network}' and commission_minor < 0 order by external_id`)

  it('are matched to each order once, so that nothing is credited when all orders are reversed', async () => {
    const { clicks, member, network } = await createMemberWithClicks(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const each = ['1', '2', '3']
    await ingest(
      network.id,
      each.map((name) => buildTransactionRow({ subId: clickId, externalId: name, orderId: name })),
      1,
    )
    expect(await readBalance(product.payload, member.id)).toBe(10_500)
    for (const [at, name] of each.entries()) {
      await ingest(network.id, [unmatched(clickId, `r${name}`, -5_000)], at + 2)
      expect(await readBalance(product.payload, member.id)).toBe(10_500 - 3_500 * (at + 1))
    }
  })

  it('move from a declined order to an effective one, and back when the first is approved again', async () => {
    const { clicks, member, network } = await createMemberWithClicks(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const orders = ['1', '2'].map((name) =>
      buildTransactionRow({ subId: clickId, externalId: name, orderId: name }),
    )
    await ingest(network.id, [...orders, unmatched(clickId, 'r', -5_000)], 1)
    expect(await readBalance(product.payload, member.id)).toBe(3_500)
    for (const [name, status, balance] of [
      ['1', 'declined', 0],
      ['1', 'approved', 3_500],
      ['2', 'declined', 0],
    ] as const) {
      const day = 2 + Number(name) + Number(status === 'approved') / 2
      await ingest(
        network.id,
        [buildTransactionRow({ subId: clickId, externalId: name, orderId: name, status })],
        day,
      )
      expect(await readBalance(product.payload, member.id)).toBe(balance)
    }
  })

  it('are matched to an order with an unmapped status only if it was credited before', async () => {
    const { clicks, member, network } = await createMemberWithClicks(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const rows = [
      buildTransactionRow({ subId: clickId, status: 'unknown' }),
      buildTransactionRow({ subId: clickId, externalId: '2', orderId: '2' }),
    ]
    await ingest(network.id, [...rows, unmatched(clickId, 'r', -5_000)], 1)
    expect(await readBalance(product.payload, member.id)).toBe(0)
    await ingest(
      network.id,
      [buildTransactionRow({ subId: clickId, externalId: '2', orderId: '2', status: 'unknown' })],
      2,
    )
    expect(await readBalance(product.payload, member.id)).toBe(0)
  })

  it('take the sum that an order earned in several transactions', async () => {
    const { clicks, member, network } = await createMemberWithClicks(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const rows = [4_000, 6_000].map((commissionMinor, at) =>
      buildTransactionRow({ subId: clickId, externalId: String(at), commissionMinor }),
    )
    await ingest(network.id, rows, 1)
    await ingest(network.id, [unmatched(clickId, 'r', -10_000)], 2)
    expect(await readBalance(product.payload, member.id)).toBe(0)
  })

  it('stay with their order when the network names it later', async () => {
    const { clicks, member, network } = await createMemberWithClicks(product, [order])
    const clickId = clicks.get('c1') ?? ''
    await ingest(
      network.id,
      [buildTransactionRow({ subId: clickId }), unmatched(clickId, 'r', -5_000)],
      1,
    )
    expect(await readBalance(product.payload, member.id)).toBe(0)
    await ingest(network.id, [buildTransactionRow({ subId: clickId, orderId: 'OD-1' })], 2)
    expect(await readBalance(product.payload, member.id)).toBe(0)
    expect(await linksOf(network.id)).toEqual([{ id: 'r', reversalOf: 'OD-1' }])
  })

  it('move to another order when the network itself matches a reversal to theirs', async () => {
    const { clicks, member, network } = await createMemberWithClicks(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const orders = ['1', '2'].map((name) =>
      buildTransactionRow({ subId: clickId, externalId: name, orderId: name }),
    )
    await ingest(network.id, [...orders, unmatched(clickId, 'r1', -5_000)], 1)
    const [{ reversalOf } = { reversalOf: null }] = await linksOf(network.id)
    const reported = buildTransactionRow({
      externalId: 'r2',
      orderId: null,
      reversalOf,
      commissionMinor: -5_000,
    })
    await ingest(network.id, [reported], 2)
    expect(await readBalance(product.payload, member.id)).toBe(0)
    const other = reversalOf === '1' ? '2' : '1'
    expect(await linksOf(network.id)).toEqual([
      { id: 'r1', reversalOf: other },
      { id: 'r2', reversalOf },
    ])
  })

  it('wait while no order has enough left, and are matched once one has', async () => {
    const { clicks, member, network } = await createMemberWithClicks(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const reported = buildTransactionRow({ externalId: 'r2', commissionMinor: -2_000 })
    await ingest(
      network.id,
      [buildTransactionRow({ subId: clickId }), reported, unmatched(clickId, 'r1', -4_000)],
      1,
    )
    expect(await readBalance(product.payload, member.id)).toBe(2_100)
    expect(await linksOf(network.id)).toMatchObject([{ reversalOf: null }, { reversalOf: '1' }])
    await ingest(network.id, [{ ...reported, status: 'declined' }], 2)
    expect(await readBalance(product.payload, member.id)).toBe(700)
  })

  it('are matched again when they are repeated, which corrects a wrong match', async () => {
    const { clicks, member, network } = await createMemberWithClicks(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const orders = ['1', '2'].map((name) =>
      buildTransactionRow({ subId: clickId, externalId: name, orderId: name }),
    )
    const reversals = ['r1', 'r2'].map((name) => unmatched(clickId, name, -5_000))
    await ingest(network.id, [...orders, ...reversals], 1)
    await product.sql(`update network_transactions set reversal_of = '1'
      where network_id = '${network.id}' and commission_minor < 0`)
    await ingest(
      network.id,
      [orders[0] ?? buildTransactionRow({ subId: clickId }), ...reversals],
      2,
    )
    expect(await linksOf(network.id)).toEqual([
      { id: 'r1', reversalOf: '1' },
      { id: 'r2', reversalOf: '2' },
    ])
    expect(await readBalance(product.payload, member.id)).toBe(0)
  })
})
