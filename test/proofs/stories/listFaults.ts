import { control } from '../control.ts'
import { NETWORKS, type NetworkName } from './networkSettings.ts'
import type { Testbed } from './startTestbed.ts'

export type Fault = { network: NetworkName; fault: string; times: number }

/** Not set in the rounds, because no run waits for a day. `killWhileBackingOff` proves it. */
export const A_DAY = 'rate-limited-for-a-day'
/**
 * The host name of the network cannot be resolved. The simulator cannot show this fault, because no
 * request reaches it.
 */
export const DNS_FAIL = 'dns-fail'
/** The last fault of a network, because its round advances the clock by days. */
const LAST = 'refresh-rotated'

type Listed = { networks: { name: string; faults: string[] }[] }

/**
 * Lists the faults of all networks in rounds: each round has one fault of each network, once for
 * each number in `times`. A run survives a fault that one request meets, and fails when more
 * requests meet it than the adapter tries.
 */
export const listFaults = async ({ simulator }: Testbed, times: number[]): Promise<Fault[][]> => {
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

/** Describes faults in a line, such as `awin slow × 1`. */
export const formatFaults = (faults: Fault[]): string =>
  faults.map(({ fault, network, times }) => `${network} ${fault} × ${times}`).join(', ')

/** Generates orders without a member, enough for several pages at each network. */
export const fillPages = async ({ simulator }: Testbed): Promise<void> => {
  const { now } = await control<{ now: string }>(simulator.url, '/clock')
  const from = new Date(Date.parse(now) - 36_000_000).toISOString()
  const counts = { admitad: 600, vcommission: 1_100, cuelinks: 120, awin: 20 }
  for (const [network, count] of Object.entries(counts)) {
    const orders = { network, count, seed: 7, from, to: now, status: 'approved' }
    await control(simulator.url, '/orders/generate', orders)
  }
}
