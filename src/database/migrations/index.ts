import * as migration_20261129_000000_initial from './20261129_000000_initial';
import * as migration_20261129_144720_two_people_and_limits from './20261129_144720_two_people_and_limits';

export const migrations = [
  {
    up: migration_20261129_000000_initial.up,
    down: migration_20261129_000000_initial.down,
    name: '20261129_000000_initial',
  },
  {
    up: migration_20261129_144720_two_people_and_limits.up,
    down: migration_20261129_144720_two_people_and_limits.down,
    name: '20261129_144720_two_people_and_limits'
  },
];
