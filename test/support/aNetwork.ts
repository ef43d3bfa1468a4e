import { randomUUID } from 'node:crypto'

import { aUser } from './factories.ts'
import type { Product } from './startProduct.ts'
import type { UsedSimulator } from './useSimulator.ts'

/** What each network of the simulator is asked with. */
export const CREDENTIALS: Record<string, Record<string, string>> = {
  admitad: { ADMITAD_CLIENT_ID: 'id', ADMITAD_CLIENT_SECRET: 'secret' },
  awin: { AWIN_TOKEN: 'token', AWIN_PUBLISHER_ID: '42' },
  cuelinks: { CUELINKS_API_KEY: 'key', CUELINKS_PUBLISHER_ID: '7' },
  vcommission: { VCOMMISSION_API_KEY: 'key' },
}

/** Settings by which a network of the simulator is asked as fast as it answers. */
export const atOnce = (adapter: string): object =>
  ['admitad', 'awin'].includes(adapter) ? { requestsPerMinute: 60_000 } : {}

export type ShoppedNetwork = { id: string; name: string; member: string; clickId: string }

/** A network of the simulator, and a member who clicked there; 70 % of the commission is theirs. */
export const aNetwork = async (
  { payload, sql }: Product,
  {
    adapter,
    over = {},
    settings = {},
    simulator,
  }: { adapter: string; simulator: UsedSimulator; settings?: object; over?: object },
): Promise<ShoppedNetwork> => {
  const member = await aUser(payload)
  const network = await payload.create({
    collection: 'networks',
    data: {
      name: randomUUID(),
      adapter,
      credentials: CREDENTIALS[adapter],
      settings: { baseUrl: `${simulator.url()}/${adapter}`, ...atOnce(adapter), ...settings },
      ...over,
    } as never,
  })
  const merchant = await payload.create({
    collection: 'merchants',
    data: { name: 'Corner & Co', slug: `m-${randomUUID()}` } as never,
  })
  const clickId = randomUUID().replaceAll('-', '').slice(0, 27)
  await sql(`insert into clicks (id, click_id, member_id, merchant_id, network_id, rate_basis, rate_bps, url)
    values (time_ordered_uuid(), '${clickId}', '${member.id}', '${merchant.id}', '${network.id}',
      'commission', 7000, 'x')`)
  return { id: network.id, name: network.name, member: member.id, clickId }
}

export const daysAgo = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString()

/** What a transaction of the simulator brings the member: 70 % of 100.00. */
export const CASHBACK_MINOR = 7_000

/** Orders that the simulator tells of; sold ten days ago, and approved since unless said. */
export const ordersOf = (
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
