import type { PayloadRequest } from 'payload'

import { NETWORKS, SHOPS } from './catalogue.ts'

/** The defaults of a new network. */
const SCHEDULE = {
  syncEveryHours: 24,
  overlapHours: 48,
  expectedFreshnessHours: 72,
  postbackVersion: 1,
}
const CLAIMS = { claimAfterHours: 72, claimWithinDays: 30 }

/** Fills an empty catalogue with the demo's networks, shops and offers. */
export const seedCatalogue = async (req: PayloadRequest): Promise<void> => {
  const { payload } = req
  const ids = new Map<string, string>()
  for (const network of NETWORKS) {
    const { id } = await payload.create({
      collection: 'networks',
      data: { ...network, ...SCHEDULE },
      depth: 0,
      req,
    })
    ids.set(network.name, id)
  }
  for (const { host, network, offer, rate, ...shop } of SHOPS) {
    const program = {
      network: ids.get(network) ?? '',
      programId: shop.slug,
      trackingUrl: `https://${host}/go`,
    }
    const { id } = await payload.create({
      collection: 'merchants',
      data: { ...shop, ...rate, ...CLAIMS, deepLinkHosts: [host], programs: [program] },
      depth: 0,
      req,
    })
    if (!offer) continue
    const url = `https://${host}/offers`
    await payload.create({
      collection: 'offers',
      data: { ...offer, merchant: id, url },
      depth: 0,
      req,
    })
  }
}
