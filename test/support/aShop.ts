import { randomUUID } from 'node:crypto'

import type { Payload } from 'payload'

import type { Merchant, Network } from '../../src/payload-types.ts'

type Given = Partial<Pick<Merchant, 'categories' | 'isActive' | 'rateBasis' | 'rateBps'>>

/** A shop that a network leads to; a test states only what it is about. */
export const aShop = async (
  payload: Payload,
  over: Given = {},
): Promise<{ merchant: Merchant; network: Network }> => {
  const name = randomUUID()
  const network = await payload.create({
    collection: 'networks',
    data: { name, adapter: 'vcommission' } as never,
  })
  const merchant = await payload.create({
    collection: 'merchants',
    data: {
      name: 'Corner & Co',
      slug: `m-${name}`,
      programs: [
        { network: network.id, programId: '31', trackingUrl: 'https://track.example.test/go?a=1' },
      ],
      deepLinkHosts: ['shop.example', 'www.shop.example'],
      ...over,
    } as never,
    depth: 0,
  })
  return { merchant, network }
}
