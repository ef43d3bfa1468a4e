import * as initial from './20261120_120000_initial.ts'
import * as ledger from './20261120_120100_ledger.ts'

/** In the order in which they are applied. Append only; a change of the past is a new one. */
export const migrations = [
  { name: '20261120_120000_initial', up: initial.up, down: initial.down },
  { name: '20261120_120100_ledger', up: ledger.up, down: ledger.down },
]
