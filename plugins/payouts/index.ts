import type { Config, Plugin } from 'payload'

import { PayoutAttempts } from '../../collections/payouts/PayoutAttempts.ts'
import { PayoutBatches } from '../../collections/payouts/PayoutBatches.ts'
import { PayoutConfig } from '../../collections/payouts/PayoutConfig.ts'
import { PayoutMethods } from '../../collections/payouts/PayoutMethods.ts'
import { PayoutResultFiles } from '../../collections/payouts/PayoutResultFiles.ts'
import { TaxIds } from '../../collections/payouts/TaxIds.ts'
import { WithdrawalApprovals } from '../../collections/payouts/WithdrawalApprovals.ts'
import { Withdrawals } from '../../collections/payouts/Withdrawals.ts'
import { reviewFields } from '../../collections/payouts/reviewFields.ts'
import { extendCollection } from '../extend/extendCollection.ts'

const COLLECTIONS = [
  Withdrawals,
  WithdrawalApprovals,
  PayoutMethods,
  PayoutAttempts,
  PayoutBatches,
  PayoutResultFiles,
  TaxIds,
]

/** Withdrawals: members request, people approve, drivers and bank files pay. */
export const payouts =
  (): Plugin =>
  (config: Config): Config => ({
    ...config,
    collections: [
      ...extendCollection(config.collections, 'users', { fields: reviewFields }),
      ...COLLECTIONS,
    ],
    globals: [...(config.globals ?? []), PayoutConfig],
  })
