import type { SaleRow } from '../networks/types.ts'
import { balanceOf } from '../testing/factories.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'
import { aRow, tellRows } from '../testing/tellRows.ts'
import { aShopper } from '../testing/tellStory.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const order = { order: 'o1', click: 'c1', timeline: [{ day: 0, status: 'approved' }] }

const reduce = (network: string, rows: SaleRow[], day: number) =>
  tellRows(product, { network, rows, day })

describe('a return that names no order', () => {
  it('takes from the order of its click that earned as much, however often it is told', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const orders = [
      aRow(clickId, {}),
      aRow(clickId, { externalId: '2', orderId: '2', commissionMinor: 100 }),
    ]
    const back = aRow(clickId, { externalId: '3', orderId: null, commissionMinor: -200 })
    await reduce(network.id, orders, 1)
    expect(await balanceOf(product.payload, member.id)).toBe(3_570)
    await reduce(network.id, [...orders, back], 2)
    await reduce(network.id, [back], 3)
    expect(await balanceOf(product.payload, member.id)).toBe(3_430)
  })

  it('finds its order when that is told after it', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    await reduce(
      network.id,
      [aRow(clickId, { externalId: '3', orderId: null, commissionMinor: -200 })],
      1,
    )
    await reduce(network.id, [aRow(clickId, {})], 2)
    expect(await balanceOf(product.payload, member.id)).toBe(3_360)
  })

  it('gives back what it took when it turns out to be of another order', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    await reduce(
      network.id,
      [aRow(clickId, {}), aRow(clickId, { externalId: '2', orderId: '2' })],
      1,
    )
    for (const returnOf of ['1', '2']) {
      const back = { externalId: '3', orderId: null, commissionMinor: -200, returnOf }
      await reduce(network.id, [aRow(clickId, back)], Number(returnOf) + 1)
      expect(await balanceOf(product.payload, member.id)).toBe(6_860)
    }
  })

  it('takes nothing from the orders of another click', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const other = aRow('', { externalId: '3', orderId: null, commissionMinor: -200, clickId: null })
    await reduce(network.id, [aRow(clicks.get('c1') ?? '', {}), other], 1)
    expect(await balanceOf(product.payload, member.id)).toBe(3_500)
  })
})

it('a return lowers cashback that is a part of the sale, and earns nothing itself', async () => {
  const { clicks, member, network } = await aShopper(product, [order])
  const clickId = clicks.get('c1') ?? ''
  await product.sql(`update clicks set rate_basis = 'sale', rate_bps = 300
    where click_id = '${clickId}'`)
  const lone = aRow(clickId, { externalId: '4', orderId: null, commissionMinor: -9_000 })
  await reduce(network.id, [aRow(clickId, {}), lone], 1)
  expect(await balanceOf(product.payload, member.id)).toBe(3_000)
  await reduce(network.id, [aRow(clickId, { externalId: '3', commissionMinor: -5_000 })], 2)
  expect(await balanceOf(product.payload, member.id)).toBe(0)
})

it('what returns of an order of several rows is taken once, whichever are declined', async () => {
  const { clicks, member, network } = await aShopper(product, [order])
  const of = (externalId: string, over: Partial<SaleRow> = {}) =>
    aRow(clicks.get('c1') ?? '', { externalId, orderId: 'x', commissionMinor: 1_000, ...over })
  await reduce(network.id, [of('1'), of('2'), of('3')], 1)
  await reduce(network.id, [of('4', { commissionMinor: -1_500 })], 2)
  expect(await balanceOf(product.payload, member.id)).toBe(1_050)
  await reduce(network.id, [of('1', { status: 'declined', rawStatus: 'declined' })], 3)
  expect(await balanceOf(product.payload, member.id)).toBe(350)
})

describe('returns that name no order, of a click with several', () => {
  const lone = (clickId: string, externalId: string, commissionMinor: number) =>
    aRow(clickId, { externalId, orderId: null, commissionMinor })
  const linksOf = (network: string) =>
    product.sql<{
      id: string
      returnOf: string | null
    }>(`select external_id as id, return_of as "returnOf" from network_transactions
      where network_id = '${network}' and commission_minor < 0 order by external_id`)

  it('take each order once, so that all of them returned leave nothing', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const each = ['1', '2', '3']
    await reduce(
      network.id,
      each.map((name) => aRow(clickId, { externalId: name, orderId: name })),
      1,
    )
    expect(await balanceOf(product.payload, member.id)).toBe(10_500)
    for (const [at, name] of each.entries()) {
      await reduce(network.id, [lone(clickId, `r${name}`, -5_000)], at + 2)
      expect(await balanceOf(product.payload, member.id)).toBe(10_500 - 3_500 * (at + 1))
    }
  })

  it('leave an order that is declined for one that stands, and come back to it', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const orders = ['1', '2'].map((name) => aRow(clickId, { externalId: name, orderId: name }))
    await reduce(network.id, [...orders, lone(clickId, 'r', -5_000)], 1)
    expect(await balanceOf(product.payload, member.id)).toBe(3_500)
    for (const [name, status, balance] of [
      ['1', 'declined', 0],
      ['1', 'approved', 3_500],
      ['2', 'declined', 0],
    ] as const) {
      const day = 2 + Number(name) + Number(status === 'approved') / 2
      await reduce(network.id, [aRow(clickId, { externalId: name, orderId: name, status })], day)
      expect(await balanceOf(product.payload, member.id)).toBe(balance)
    }
  })

  it('are laid on no order whose state nobody knows, but for one that was credited before', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const rows = [
      aRow(clickId, { status: 'unknown' }),
      aRow(clickId, { externalId: '2', orderId: '2' }),
    ]
    await reduce(network.id, [...rows, lone(clickId, 'r', -5_000)], 1)
    expect(await balanceOf(product.payload, member.id)).toBe(0)
    await reduce(
      network.id,
      [aRow(clickId, { externalId: '2', orderId: '2', status: 'unknown' })],
      2,
    )
    expect(await balanceOf(product.payload, member.id)).toBe(0)
  })

  it('take what an order earned in several rows', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const rows = [4_000, 6_000].map((commissionMinor, at) =>
      aRow(clickId, { externalId: String(at), commissionMinor }),
    )
    await reduce(network.id, rows, 1)
    await reduce(network.id, [lone(clickId, 'r', -10_000)], 2)
    expect(await balanceOf(product.payload, member.id)).toBe(0)
  })

  it('stay with an order whose name is told later', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    await reduce(network.id, [aRow(clickId, {}), lone(clickId, 'r', -5_000)], 1)
    expect(await balanceOf(product.payload, member.id)).toBe(0)
    await reduce(network.id, [aRow(clickId, { orderId: 'OD-1' })], 2)
    expect(await balanceOf(product.payload, member.id)).toBe(0)
    expect(await linksOf(network.id)).toEqual([{ id: 'r', returnOf: 'OD-1' }])
  })

  it('make room for one that the network lays on their order itself, and never move that', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const orders = ['1', '2'].map((name) => aRow(clickId, { externalId: name, orderId: name }))
    await reduce(network.id, [...orders, lone(clickId, 'r1', -5_000)], 1)
    const [{ returnOf } = { returnOf: null }] = await linksOf(network.id)
    const told = aRow(clickId, {
      externalId: 'r2',
      orderId: null,
      returnOf,
      commissionMinor: -5_000,
      clickId: null,
    })
    await reduce(network.id, [told], 2)
    expect(await balanceOf(product.payload, member.id)).toBe(0)
    const other = returnOf === '1' ? '2' : '1'
    expect(await linksOf(network.id)).toEqual([
      { id: 'r1', returnOf: other },
      { id: 'r2', returnOf },
    ])
  })

  it('are not laid on an order that has no room, and are laid on it once it has', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const told = aRow('', { externalId: 'r2', commissionMinor: -2_000, clickId: null })
    await reduce(network.id, [aRow(clickId, {}), told, lone(clickId, 'r1', -4_000)], 1)
    expect(await balanceOf(product.payload, member.id)).toBe(2_100)
    expect(await linksOf(network.id)).toMatchObject([{ returnOf: null }, { returnOf: '1' }])
    await reduce(network.id, [{ ...told, status: 'declined' }], 2)
    expect(await balanceOf(product.payload, member.id)).toBe(700)
  })

  it('are laid anew when they are told again, where they were laid wrong before', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const orders = ['1', '2'].map((name) => aRow(clickId, { externalId: name, orderId: name }))
    const returns = ['r1', 'r2'].map((name) => lone(clickId, name, -5_000))
    await reduce(network.id, [...orders, ...returns], 1)
    await product.sql(`update network_transactions set return_of = '1'
      where network_id = '${network.id}' and commission_minor < 0`)
    await reduce(network.id, [orders[0] ?? aRow(clickId, {}), ...returns], 2)
    expect(await linksOf(network.id)).toEqual([
      { id: 'r1', returnOf: '1' },
      { id: 'r2', returnOf: '2' },
    ])
    expect(await balanceOf(product.payload, member.id)).toBe(0)
  })
})
