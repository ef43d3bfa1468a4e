import * as migration_20261129_000000_initial from './20261129_000000_initial';
import * as migration_20261129_133539_edge from './20261129_133539_edge';

export const migrations = [
  {
    up: migration_20261129_000000_initial.up,
    down: migration_20261129_000000_initial.down,
    name: '20261129_000000_initial',
  },
  {
    up: migration_20261129_133539_edge.up,
    down: migration_20261129_133539_edge.down,
    name: '20261129_133539_edge'
  },
];
