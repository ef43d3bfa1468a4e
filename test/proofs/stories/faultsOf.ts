import { control } from '../control.ts'
import { NETWORKS, type NetworkName } from './networkSettings.ts'
import type { Testbed } from './startTestbed.ts'

export type Fault = { network: NetworkName; fault: string; times: number }

/** Nobody waits for it in a run: it has a part of its own. */
export const A_DAY = 'rate-limited-for-a-day'
/**
 * The name of the network's host leads nowhere. No peer on the wire can show that: nothing is ever
 * sent to it.
 */
export const DNS_FAIL = 'dns-fail'
/** Last, since it moves the clock. */
const LAST = 'refresh-rotated'

type Listed = { networks: { name: string; faults: string[] }[] }

/**
 * Each fault that each network can show, a round having one of each network. One that strikes once
 * is overcome in the run; one that strikes more often than anybody tries ends it.
 */
export const faultsOf = async ({ simulator }: Testbed, times: number[]): Promise<Fault[][]> => {
  const { networks } = await control<Listed>(simulator.url, '/networks')
  const lists = NETWORKS.map((network) => {
    const faults = networks.find(({ name }) => name === network)?.faults ?? []
    const inRuns = faults.filter((fault) => fault !== A_DAY && fault !== LAST)
    const ordered = [...inRuns, DNS_FAIL, ...(faults.includes(LAST) ? [LAST] : [])]
    return ordered.flatMap((fault) => times.map((count) => ({ network, fault, times: count })))
  })
  const rounds = Math.max(...lists.map(({ length }) => length))
  return Array.from({ length: rounds }, (_, round) => lists.flatMap((list) => list[round] ?? []))
}

export const label = (faults: Fault[]): string =>
  faults.map(({ fault, network, times }) => `${network} ${fault} × ${times}`).join(', ')

/** So many orders of strangers that each list has several pages. */
export const fillPages = async ({ simulator }: Testbed): Promise<void> => {
  const { now } = await control<{ now: string }>(simulator.url, '/clock')
  const from = new Date(Date.parse(now) - 36_000_000).toISOString()
  const counts = { admitad: 600, vcommission: 1_100, cuelinks: 120, awin: 20 }
  for (const [network, count] of Object.entries(counts)) {
    const set = { network, count, seed: 7, from, to: now, status: 'approved' }
    await control(simulator.url, '/orders/generate', set)
  }
}
