import { readerOf } from '../ledger/readerOf.ts'
import { aNetwork, CREDENTIALS, daysAgo } from '../testing/aNetwork.ts'
import { aUser, balanceOf } from '../testing/factories.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'
import { useSimulator } from '../testing/useSimulator.ts'
import { networkRow } from './networkRow.ts'
import { syncNetwork } from './syncNetwork.ts'

let product: Product
const simulator = useSimulator()
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const networkOf = (adapter: string) => aNetwork(product, { adapter, simulator })

const sync = async (name: string) =>
  syncNetwork({
    payload: product.payload,
    row: await networkRow(await readerOf(product), name),
    signal: new AbortController().signal,
  })

const told = (network: string, clickId: string, approvedAt: string | null) =>
  simulator.control('/orders', {
    orders: [
      {
        order: 'o1',
        network,
        clickId,
        timeline: [
          {
            at: daysAgo(20),
            status: 'pending',
            saleMinor: 249_900,
            commissionMinor: 12_495,
            currency: 'INR',
          },
          ...(approvedAt ? [{ at: approvedAt, status: 'approved' }] : []),
        ],
      },
    ],
  })

describe.each(Object.keys(CREDENTIALS))('%s', (adapter) => {
  it('a sale is pending, then approved, then in the wallet, once, and the member is told', async () => {
    const { clickId, member, name } = await networkOf(adapter)
    await told(adapter, clickId, null)
    expect(await sync(name)).toEqual({ status: 'completed' })
    expect(
      await product.sql(
        `select status::text, amount_minor from cashback_events where member_id = '${member}'`,
      ),
    ).toEqual([{ status: 'pending', amount_minor: '8747' }])
    expect(await balanceOf(product.payload, member)).toBe(0)

    await told(adapter, clickId, daysAgo(1))
    expect(await sync(name)).toEqual({ status: 'completed' })
    expect(await sync(name)).toEqual({ status: 'completed' })
    expect(await balanceOf(product.payload, member)).toBe(8_747)
    expect(
      await product.sql(
        `select template from notifications where user_id = '${member}' and template like 'cashback-%' order by created_at`,
      ),
    ).toEqual([{ template: 'cashback-tracked' }, { template: 'cashback-credited' }])
  })
})

it('one run at a time for each network: a second one says that it is not the first', async () => {
  const { name } = await networkOf('vcommission')
  const ends = await Promise.all([sync(name), sync(name)])
  expect(ends).toEqual(
    expect.arrayContaining([
      { status: 'completed' },
      { status: 'skipped', why: 'another run is at it' },
    ]),
  )
})

it('a network that fails says why in its run, and the next run heals it', async () => {
  const { clickId, member, name } = await networkOf('vcommission')
  await told('vcommission', clickId, daysAgo(1))
  await simulator.control('/faults', { provider: 'vcommission', fault: 'unauthorized', times: 1 })
  expect(await sync(name)).toMatchObject({
    status: 'failed',
    errorCode: 'network.unauthorized',
  })
  expect(await balanceOf(product.payload, member)).toBe(0)
  expect(await sync(name)).toEqual({ status: 'completed' })
  expect(await balanceOf(product.payload, member)).toBe(8_747)
})

it('credentials are sealed in the row, and read by nobody', async () => {
  const { id } = await networkOf('vcommission')
  const [row] = await product.sql<{ credentials: string }>(
    `select credentials::text from networks where id = '${id}'`,
  )
  expect(row?.credentials).toMatch(/^{"sealed": "v1\./)
  const found = await product.payload.findByID({
    collection: 'networks',
    id,
    overrideAccess: false,
    user: await aUser(product.payload, { role: 'admin' }),
  })
  expect(found).not.toHaveProperty('credentials')
})
