import type { Config, Plugin } from 'payload'

import { LedgerProofs } from '../../collections/wallets/LedgerProofs.ts'
import { applyAdjustment } from '../../hooks/wallets/applyAdjustment.ts'
import { sealDays } from '../../jobs/wallets/sealDays.ts'
import { verifyWallets } from '../../jobs/wallets/verifyWallets.ts'
import { extendCollection } from '../extend/extendCollection.ts'
import { extendJobs } from '../extend/extendJobs.ts'
import { statementView } from './admin/statementView.ts'
import { decideAdjustment } from './endpoints/decideAdjustment.ts'
import { walletBalance } from './endpoints/walletBalance.ts'
import { walletStatement } from './endpoints/walletStatement.ts'

/**
 * Members' wallets: statements, balances as of any instant, and adjustments by finance, which a
 * second person confirms above the limits of `finance-config`.
 */
export const wallets =
  (): Plugin =>
  (config: Config): Config => {
    const collections = extendCollection([...(config.collections ?? []), LedgerProofs], 'users', {
      views: { statement: statementView },
    })
    return {
      ...config,
      collections: extendCollection(collections, 'adjustments', {
        hooks: { afterChange: [applyAdjustment] },
        endpoints: [decideAdjustment('approve'), decideAdjustment('reject')],
        controls: ['/plugins/wallets/admin/adjustments/DecisionControls#DecisionControls'],
      }),
      endpoints: [...(config.endpoints ?? []), walletStatement, walletBalance],
      custom: extendJobs(config, verifyWallets, sealDays),
    }
  }
