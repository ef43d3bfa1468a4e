import { faultsOf } from '../networks/serve/faultsOf.ts'
import type { State } from '../state.ts'
import type { AnyFault, Provider } from '../types.ts'
import { PROVIDER_NAMES } from './parts.ts'

/** Whoever is simulated, and what may go wrong with it. */
export type Peer = { name: string; title: string; faults: AnyFault[] }

const OF_THE_LINE: AnyFault[] = ['slow', 'reset-after-accept', 'truncated']

/** The messaging providers, then the networks. */
export const peersOf = (providers: Provider[], { networks }: State): Peer[] => [
  ...providers.map(({ name, refusals }) => ({
    name,
    title: PROVIDER_NAMES[name],
    faults: [...(Object.keys(refusals) as AnyFault[]), ...OF_THE_LINE],
  })),
  ...networks.map((network) => ({
    name: network.name,
    title: network.title,
    faults: faultsOf(network),
  })),
]

/** Its name for people; what nobody simulates any more stays what it was called. */
export const titleOf = (peers: Peer[], wanted: string): string =>
  peers.find(({ name }) => name === wanted)?.title ?? wanted
