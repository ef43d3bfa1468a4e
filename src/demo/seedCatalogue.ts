import type { PayloadRequest } from 'payload'

import { MERCHANTS, NETWORKS } from './catalogue.ts'

/** The defaults of a new network. */
const SCHEDULE = {
  syncEveryHours: 24,
  overlapHours: 48,
  expectedFreshnessHours: 72,
  postbackVersion: 1,
  trustedDayCapMinor: 1_000_000,
}
const CLAIMS = { claimAfterHours: 72, claimWithinDays: 30 }

/** Fills an empty catalogue with the demo's networks, merchants and offers. */
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
  for (const { host, network, offer, rate, ...merchant } of MERCHANTS) {
    const program = {
      network: ids.get(network) ?? '',
      programId: merchant.slug,
      trackingUrl: `https://${host}/go`,
    }
    const { id } = await payload.create({
      collection: 'merchants',
      data: { ...merchant, ...rate, ...CLAIMS, deepLinkHosts: [host], programs: [program] },
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
