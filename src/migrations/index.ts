import * as migration_20261120_120000_initial from './20261120_120000_initial';
import * as migration_20261120_120100_ledger from './20261120_120100_ledger';

export const migrations = [
  {
    up: migration_20261120_120000_initial.up,
    down: migration_20261120_120000_initial.down,
    name: '20261120_120000_initial',
  },
  {
    up: migration_20261120_120100_ledger.up,
    down: migration_20261120_120100_ledger.down,
    name: '20261120_120100_ledger'
  },
];
