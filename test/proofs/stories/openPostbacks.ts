import { control } from '../control.ts'
import { requestJson } from './requestJson.ts'
import { NETWORKS, type NetworkName } from './networkSettings.ts'
import type { StoryRun } from './storyRun.ts'
import type { Testbed } from './startTestbed.ts'

export type SendPostbacks = (part: StoryRun, day: number, random: () => number) => Promise<number>

/**
 * Returns a function that lets the network of a story send postbacks: for each order that has
 * begun, one of its present or past statuses, one to three times. The function returns how many
 * were sent.
 */
export const openPostbacks = async (testbed: Testbed): Promise<SendPostbacks> => {
  const addresses = await loadPostbackAddresses(testbed)
  return async ({ network, prefix, story }, day, random) => {
    let sent = 0
    for (const { order, timeline } of story.orders) {
      const past = timeline.filter((step) => step.day <= day)
      const step = past[Math.floor(random() * past.length)]
      if (!step) continue
      const duplicates = Math.floor(random() * 3)
      await control(testbed.simulator.url, '/postback', {
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

const loadPostbackAddresses = async (testbed: Testbed): Promise<Record<NetworkName, string>> => {
  const { admin, networks, product } = testbed
  const { baseUrl } = product.web
  const found = await Promise.all(
    NETWORKS.map(async (name) => {
      const url = `${baseUrl}/api/networks/${networks[name]}/postback-address`
      const { address } = await requestJson<{ address: string }>(url, { authorization: admin })
      return [name, `${baseUrl}${new URL(address).pathname}`] as const
    }),
  )
  return Object.fromEntries(found) as Record<NetworkName, string>
}
