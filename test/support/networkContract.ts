import { networkFaults } from './networkFaults.ts'
import { networkLists } from './networkLists.ts'
import type { NetworkSpec } from './networkSpec.ts'
import { networkWords } from './networkWords.ts'

/** What every network promises, shown over real HTTP. */
export const networkContract = (spec: NetworkSpec): void => {
  describe('a list', () => networkLists(spec))
  describe('a fault', () => networkFaults(spec))
  describe('links and postbacks', () => networkWords(spec))
}
