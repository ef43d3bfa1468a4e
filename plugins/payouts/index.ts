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
import type { Payouts } from '../../src/payouts/findPayouts.ts'
import { extendCollection } from '../extend/extendCollection.ts'
import { methodEndpoints } from './endpoints/methods/methodEndpoints.ts'
import { endReview } from './endpoints/review/endReview.ts'
import { startReview } from './endpoints/review/startReview.ts'
import { taxEndpoints } from './endpoints/tax/taxEndpoints.ts'

const COLLECTIONS = [
  Withdrawals,
  WithdrawalApprovals,
  PayoutMethods,
  PayoutAttempts,
  PayoutBatches,
  PayoutResultFiles,
  TaxIds,
]

export type PayoutsOptions = {
  /** Encrypts account numbers and tax ids. 32 bytes. */
  encryptionKey: Buffer
  /** Multiplies the limits on adding and confirming methods; null switches them off. */
  rateLimitFactor: number | null
}

/** Withdrawals: members request, people approve, drivers and bank files pay. */
export const payouts =
  ({ encryptionKey, rateLimitFactor }: PayoutsOptions): Plugin =>
  (config: Config): Config => {
    const found: Payouts = { encryptionKey, drivers: new Map() }
    const collections = [
      ...extendCollection(config.collections, 'users', {
        fields: reviewFields,
        endpoints: [startReview, endReview],
      }),
      ...COLLECTIONS,
    ]
    const withMethods = extendCollection(collections, 'payout-methods', {
      endpoints: methodEndpoints({ rateLimitFactor }),
    })
    return {
      ...config,
      custom: { ...config.custom, payouts: found },
      collections: extendCollection(withMethods, 'tax-ids', {
        endpoints: taxEndpoints({ rateLimitFactor }),
      }),
      globals: [...(config.globals ?? []), PayoutConfig],
    }
  }
