import { testNetworkFaults } from './testNetworkFaults.ts'
import { testNetworkLists } from './testNetworkLists.ts'
import type { NetworkSpec } from './networkSpec.ts'
import { testNetworkLinks } from './testNetworkLinks.ts'

/** Tests over real HTTP what every network adapter must do. */
export const testNetworkContract = (spec: NetworkSpec): void => {
  describe('a list', () => testNetworkLists(spec))
  describe('a fault', () => testNetworkFaults(spec))
  describe('links and postbacks', () => testNetworkLinks(spec))
}
