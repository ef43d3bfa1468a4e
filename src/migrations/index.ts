import * as migration_20261120_120000_initial from './20261120_120000_initial';
import * as migration_20261120_120100_ledger from './20261120_120100_ledger';
import * as migration_20261121_004700_money_core from './20261121_004700_money_core';
import * as migration_20261121_004800_money_core_functions from './20261121_004800_money_core_functions';
import * as migration_20261121_005500_cookie_window from './20261121_005500_cookie_window';
import * as migration_20261121_010000_wallet_rebuilds from './20261121_010000_wallet_rebuilds';
import * as migration_20261121_022611_forgot_password from './20261121_022611_forgot_password';
import * as migration_20261121_042500_fewer_plans from './20261121_042500_fewer_plans';
import * as migration_20261121_042600_order_of_transfers from './20261121_042600_order_of_transfers';
import * as migration_20261121_071648_outbox from './20261121_071648_outbox';
import * as migration_20261121_071700_outbox_functions from './20261121_071700_outbox_functions';
import * as migration_20261121_102430_networks from './20261121_102430_networks';
import * as migration_20261121_102500_networks_functions from './20261121_102500_networks_functions';
import * as migration_20261121_161805_claims_free_orders from './20261121_161805_claims_free_orders';
import * as migration_20261121_163200_settled_rows from './20261121_163200_settled_rows';
import * as migration_20261121_163632_inferred_returns from './20261121_163632_inferred_returns';
import * as migration_20261121_200022_standing_words from './20261121_200022_standing_words';

export const migrations = [
  {
    up: migration_20261120_120000_initial.up,
    down: migration_20261120_120000_initial.down,
    name: '20261120_120000_initial',
  },
  {
    up: migration_20261120_120100_ledger.up,
    down: migration_20261120_120100_ledger.down,
    name: '20261120_120100_ledger',
  },
  {
    up: migration_20261121_004700_money_core.up,
    down: migration_20261121_004700_money_core.down,
    name: '20261121_004700_money_core',
  },
  {
    up: migration_20261121_004800_money_core_functions.up,
    down: migration_20261121_004800_money_core_functions.down,
    name: '20261121_004800_money_core_functions',
  },
  {
    up: migration_20261121_005500_cookie_window.up,
    down: migration_20261121_005500_cookie_window.down,
    name: '20261121_005500_cookie_window',
  },
  {
    up: migration_20261121_010000_wallet_rebuilds.up,
    down: migration_20261121_010000_wallet_rebuilds.down,
    name: '20261121_010000_wallet_rebuilds',
  },
  {
    up: migration_20261121_022611_forgot_password.up,
    down: migration_20261121_022611_forgot_password.down,
    name: '20261121_022611_forgot_password',
  },
  {
    up: migration_20261121_042500_fewer_plans.up,
    down: migration_20261121_042500_fewer_plans.down,
    name: '20261121_042500_fewer_plans',
  },
  {
    up: migration_20261121_042600_order_of_transfers.up,
    down: migration_20261121_042600_order_of_transfers.down,
    name: '20261121_042600_order_of_transfers',
  },
  {
    up: migration_20261121_071648_outbox.up,
    down: migration_20261121_071648_outbox.down,
    name: '20261121_071648_outbox',
  },
  {
    up: migration_20261121_071700_outbox_functions.up,
    down: migration_20261121_071700_outbox_functions.down,
    name: '20261121_071700_outbox_functions',
  },
  {
    up: migration_20261121_102430_networks.up,
    down: migration_20261121_102430_networks.down,
    name: '20261121_102430_networks',
  },
  {
    up: migration_20261121_102500_networks_functions.up,
    down: migration_20261121_102500_networks_functions.down,
    name: '20261121_102500_networks_functions',
  },
  {
    up: migration_20261121_161805_claims_free_orders.up,
    down: migration_20261121_161805_claims_free_orders.down,
    name: '20261121_161805_claims_free_orders',
  },
  {
    up: migration_20261121_163200_settled_rows.up,
    down: migration_20261121_163200_settled_rows.down,
    name: '20261121_163200_settled_rows',
  },
  {
    up: migration_20261121_163632_inferred_returns.up,
    down: migration_20261121_163632_inferred_returns.down,
    name: '20261121_163632_inferred_returns',
  },
  {
    up: migration_20261121_200022_standing_words.up,
    down: migration_20261121_200022_standing_words.down,
    name: '20261121_200022_standing_words',
  },
];
