import { createLocalReq } from 'payload'

import { dbIn } from '../../../database/dbIn.ts'
import { inTransaction } from '../../../database/inTransaction.ts'
import { readDb } from '../../../database/readDb.ts'
import {
  createSimulatedNetwork,
  CREDENTIALS,
} from '../../../../test/support/networks/simulatedNetwork.ts'
import { daysAgo } from '../../../../test/support/instants.ts'
import { createUser, readBalance } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { untilWaiting } from '../../../../test/support/untilWaiting.ts'
import { useSimulator } from '../../../../test/support/useSimulator.ts'
import { lockIngestion } from '../ingestPage.ts'
import { loadNetwork } from '../networkStore.ts'
import { syncNetwork } from './syncNetwork.ts'

let product: Product
const simulator = useSimulator()
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const createNetwork = (adapter: string) => createSimulatedNetwork(product, { adapter, simulator })

const sync = async (name: string) =>
  syncNetwork({
    payload: product.payload,
    network: await loadNetwork(await readDb(product), name),
    signal: new AbortController().signal,
  })

const reportOrder = (network: string, clickId: string, approvedAt: string | null) =>
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
  it('a transaction is pending, then approved, then credited once, and the member is notified', async () => {
    const { clickId, member, name } = await createNetwork(adapter)
    await reportOrder(adapter, clickId, null)
    expect(await sync(name)).toEqual({ status: 'completed' })
    expect(
      await product.sql(
        `select status::text, amount_minor from cashback_events where member_id = '${member}'`,
      ),
    ).toEqual([{ status: 'pending', amount_minor: '8747' }])
    expect(await readBalance(product.payload, member)).toBe(0)

    await reportOrder(adapter, clickId, daysAgo(1))
    expect(await sync(name)).toEqual({ status: 'completed' })
    expect(await sync(name)).toEqual({ status: 'completed' })
    expect(await readBalance(product.payload, member)).toBe(8_747)
    expect(
      await product.sql(
        `select template from notifications where user_id = '${member}' and template like 'cashback-%' order by created_at`,
      ),
    ).toEqual([{ template: 'cashback-tracked' }, { template: 'cashback-credited' }])
  })
})

it('a second run of a network at the same time is skipped', async () => {
  const { clickId, id, name } = await createNetwork('vcommission')
  await reportOrder('vcommission', clickId, null)
  const req = await createLocalReq({}, product.payload)
  // The first run waits with its page until the second has ended.
  const { first } = await inTransaction(req, async () => {
    await lockIngestion(await dbIn(req), id)
    const running = sync(name)
    await untilWaiting(product)
    expect(await sync(name)).toEqual({ status: 'skipped', why: 'another run is reading it' })
    return { first: running }
  })
  expect(await first).toEqual({ status: 'completed' })
})

it('a run with refused credentials fails with the error code, and the next run recovers', async () => {
  const { clickId, member, name } = await createNetwork('vcommission')
  await reportOrder('vcommission', clickId, daysAgo(1))
  await simulator.control('/faults', { provider: 'vcommission', fault: 'unauthorized', times: 1 })
  expect(await sync(name)).toMatchObject({
    status: 'failed',
    errorCode: 'network.unauthorized',
  })
  expect(await readBalance(product.payload, member)).toBe(0)
  expect(await sync(name)).toEqual({ status: 'completed' })
  expect(await readBalance(product.payload, member)).toBe(8_747)
})

it('credentials are encrypted in the row, and not even an admin can read them', async () => {
  const { id } = await createNetwork('vcommission')
  const [row] = await product.sql<{ credentials: string }>(
    `select credentials::text from networks where id = '${id}'`,
  )
  expect(row?.credentials).toMatch(/^{"encrypted": "v1\./)
  const found = await product.payload.findByID({
    collection: 'networks',
    id,
    overrideAccess: false,
    user: await createUser(product.payload, { role: 'admin' }),
  })
  expect(found).not.toHaveProperty('credentials')
})
