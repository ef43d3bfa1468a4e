import { createMerchant, createNetwork } from '../cashbackFactories.ts'
import { createUser } from '../factories.ts'
import { insertClick } from '../insertRows.ts'
import { daysAgo } from '../instants.ts'
import type { Product } from '../startProduct.ts'
import type { UsedSimulator } from '../useSimulator.ts'

/** The credentials of each network of the simulator, by its adapter. */
export const CREDENTIALS: Record<string, Record<string, string>> = {
  admitad: { ADMITAD_CLIENT_ID: 'id', ADMITAD_CLIENT_SECRET: 'secret' },
  awin: { AWIN_TOKEN: 'token', AWIN_PUBLISHER_ID: '42' },
  cuelinks: { CUELINKS_API_KEY: 'key', CUELINKS_PUBLISHER_ID: '7' },
  vcommission: { VCOMMISSION_API_KEY: 'key' },
}

/** Settings without a delay between the requests to a network of the simulator. */
export const withoutRateLimit = (adapter: string): object =>
  ['admitad', 'awin'].includes(adapter) ? { requestsPerMinute: 60_000 } : {}

export type SimulatedNetwork = { id: string; name: string; member: string; clickId: string }

/**
 * Creates a network that reads from the simulator, and a member with a click there who earns 70 % of
 * the commission; `over` changes the network.
 */
export const createSimulatedNetwork = async (
  product: Product,
  {
    adapter,
    over = {},
    settings = {},
    simulator,
  }: { adapter: string; simulator: UsedSimulator; settings?: object; over?: object },
): Promise<SimulatedNetwork> => {
  const { payload } = product
  const member = await createUser(payload)
  const network = await createNetwork(payload, {
    adapter,
    credentials: CREDENTIALS[adapter],
    settings: {
      baseUrl: `${simulator.url()}/${adapter}`,
      ...withoutRateLimit(adapter),
      ...settings,
    },
    ...over,
  })
  const merchant = await createMerchant(payload)
  const ids = { member: member.id, merchant: merchant.id, network: network.id }
  const { clickId } = await insertClick(product, ids)
  return { id: network.id, name: network.name, member: member.id, clickId }
}

/** Creates such a network, and orders of its member for the simulator to report. */
export const createNetworkWithOrders = async (
  product: Product,
  {
    adapter,
    count = 2,
    simulator,
    status,
  }: { adapter: string; simulator: UsedSimulator; count?: number; status?: string },
): Promise<SimulatedNetwork> => {
  const network = await createSimulatedNetwork(product, { adapter, simulator })
  const { clickId } = network
  const orders = buildOrders(adapter, { clickId, count, ...(status ? { status } : {}) })
  await simulator.control('/orders', { orders })
  return network
}

/** What a member earns of one order of `buildOrders`: 70 % of 100.00. */
export const CASHBACK_MINOR = 7_000

/**
 * Builds orders for the simulator to report: ten days old, pending at first and then, since
 * yesterday, with this status.
 */
export const buildOrders = (
  adapter: string,
  { clickId, count, status = 'approved' }: { clickId: string; count: number; status?: string },
) =>
  Array.from({ length: count }, (_, n) => ({
    order: `o${n + 1}`,
    network: adapter,
    clickId,
    timeline: [
      {
        at: daysAgo(10 - n / 1000),
        status: 'pending',
        saleMinor: 200_000,
        commissionMinor: 10_000,
        currency: 'INR',
      },
      { at: daysAgo(1), status },
    ],
  }))
