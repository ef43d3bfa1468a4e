import * as migration_20261129_000000_initial from './20261129_000000_initial';
import * as migration_20261129_145158_limits_and_two_people from './20261129_145158_limits_and_two_people';
import * as migration_20261130_041741_withdrawals_and_upkeep from './20261130_041741_withdrawals_and_upkeep';

export const migrations = [
  {
    up: migration_20261129_000000_initial.up,
    down: migration_20261129_000000_initial.down,
    name: '20261129_000000_initial',
  },
  {
    up: migration_20261129_145158_limits_and_two_people.up,
    down: migration_20261129_145158_limits_and_two_people.down,
    name: '20261129_145158_limits_and_two_people',
  },
  {
    up: migration_20261130_041741_withdrawals_and_upkeep.up,
    down: migration_20261130_041741_withdrawals_and_upkeep.down,
    name: '20261130_041741_withdrawals_and_upkeep'
  },
];
