import { control } from '../control.ts'
import { ask } from './ask.ts'
import { NETWORKS, type NetworkName } from './networkSettings.ts'
import type { Part } from './part.ts'
import type { Testbed } from './startTestbed.ts'

export type PostBack = (part: Part, day: number, random: () => number) => Promise<number>

/**
 * Lets networks send what they know by themselves: of each order that has begun one of its states
 * so far, the present one or an earlier one, up to three times. Answers how many were sent.
 */
export const openPostbacks = async (cast: Testbed): Promise<PostBack> => {
  const addresses = await addressesOf(cast)
  return async ({ network, prefix, story }, day, random) => {
    let sent = 0
    for (const { order, timeline } of story.orders) {
      const past = timeline.filter((step) => step.day <= day)
      const step = past[Math.floor(random() * past.length)]
      if (!step) continue
      const duplicates = Math.floor(random() * 3)
      await control(cast.simulator.url, '/postback', {
        network,
        order: prefix + order,
        url: addresses[network],
        status: step.status,
        duplicates,
      })
      sent += 1 + duplicates
    }
    return sent
  }
}

const addressesOf = async (cast: Testbed): Promise<Record<NetworkName, string>> => {
  const { admin, networks, product } = cast
  const { baseUrl } = product.web
  const found = await Promise.all(
    NETWORKS.map(async (name) => {
      const url = `${baseUrl}/api/networks/${networks[name]}/postback-address`
      const { address } = await ask<{ address: string }>(url, { authorization: admin })
      return [name, `${baseUrl}${new URL(address).pathname}`] as const
    }),
  )
  return Object.fromEntries(found) as Record<NetworkName, string>
}
