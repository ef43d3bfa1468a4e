import { randomUUID } from 'node:crypto'

import { readerOf } from '../ledger/readerOf.ts'
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

const CREDENTIALS: Record<string, object> = {
  admitad: { ADMITAD_CLIENT_ID: 'id', ADMITAD_CLIENT_SECRET: 'secret' },
  awin: { AWIN_TOKEN: 'token', AWIN_PUBLISHER_ID: '42' },
  cuelinks: { CUELINKS_API_KEY: 'key', CUELINKS_PUBLISHER_ID: '7' },
  vcommission: { VCOMMISSION_API_KEY: 'key' },
}

const aNetwork = async (adapter: string) => {
  const { payload, sql } = product
  const member = await aUser(payload)
  const network = await payload.create({
    collection: 'networks',
    data: {
      name: randomUUID(),
      adapter,
      credentials: CREDENTIALS[adapter],
      settings: { baseUrl: `${simulator.url()}/${adapter}` },
    } as never,
  })
  const merchant = await payload.create({
    collection: 'merchants',
    data: { name: 'Corner & Co', slug: `m-${randomUUID()}` } as never,
  })
  const clickId = randomUUID().replaceAll('-', '').slice(0, 27)
  await sql(`insert into clicks (id, click_id, member_id, merchant_id, network_id, rate_basis, rate_bps, url)
    values (time_ordered_uuid(), '${clickId}', '${member.id}', '${merchant.id}', '${network.id}', 'commission', 7000, 'x')`)
  return { clickId, member, network }
}

const sync = async (name: string) =>
  syncNetwork({
    payload: product.payload,
    row: await networkRow(await readerOf(product), name),
    signal: new AbortController().signal,
  })

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()

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
    const { clickId, member, network } = await aNetwork(adapter)
    await told(adapter, clickId, null)
    expect(await sync(network.name)).toEqual({ status: 'completed' })
    expect(
      await product.sql(
        `select status::text, amount_minor from cashback_events where member_id = '${member.id}'`,
      ),
    ).toEqual([
      { status: 'pending', amount_minor: adapter === 'awin' ? expect.anything() : '8747' },
    ])
    expect(await balanceOf(product.payload, member.id)).toBe(0)

    await told(adapter, clickId, daysAgo(1))
    expect(await sync(network.name)).toEqual({ status: 'completed' })
    expect(await sync(network.name)).toEqual({ status: 'completed' })
    expect(await balanceOf(product.payload, member.id)).toBe(8_747)
    expect(
      await product.sql(
        `select template from notifications where user_id = '${member.id}' and template like 'cashback-%' order by created_at`,
      ),
    ).toEqual([{ template: 'cashback-tracked' }, { template: 'cashback-credited' }])
  })
})

it('one run at a time for each network: a second one says that it is not the first', async () => {
  const { network } = await aNetwork('vcommission')
  const ends = await Promise.all([sync(network.name), sync(network.name)])
  expect(ends.map(({ status }) => status).sort()).toEqual(['completed', 'skipped'])
})

it('a network that fails says why in its run, and the next run heals it', async () => {
  const { clickId, member, network } = await aNetwork('vcommission')
  await told('vcommission', clickId, daysAgo(1))
  await simulator.control('/faults', { provider: 'vcommission', fault: 'unauthorized', times: 1 })
  expect(await sync(network.name)).toMatchObject({
    status: 'failed',
    errorCode: 'network.unauthorized',
  })
  expect(await balanceOf(product.payload, member.id)).toBe(0)
  expect(await sync(network.name)).toEqual({ status: 'completed' })
  expect(await balanceOf(product.payload, member.id)).toBe(8_747)
})

it('credentials are sealed in the row, and read by nobody', async () => {
  const { network } = await aNetwork('vcommission')
  const [row] = await product.sql<{ credentials: string }>(
    `select credentials::text from networks where id = '${network.id}'`,
  )
  expect(row?.credentials).toMatch(/^{"sealed": "v1\./)
  const found = await product.payload.findByID({
    collection: 'networks',
    id: network.id,
    overrideAccess: false,
    user: await aUser(product.payload, { role: 'admin' }),
  })
  expect(found).not.toHaveProperty('credentials')
})
