import type { CollectionConfig, Config, Plugin } from 'payload'

import { PayoutAttempts } from '../../collections/payouts/PayoutAttempts.ts'
import { PayoutBatches } from '../../collections/payouts/PayoutBatches.ts'
import { PayoutConfig } from '../../collections/payouts/PayoutConfig.ts'
import { PayoutMethods } from '../../collections/payouts/PayoutMethods.ts'
import { PayoutResultFiles } from '../../collections/payouts/PayoutResultFiles.ts'
import { TaxIds } from '../../collections/payouts/TaxIds.ts'
import { WithdrawalApprovals } from '../../collections/payouts/WithdrawalApprovals.ts'
import { Withdrawals } from '../../collections/payouts/Withdrawals.ts'
import { reviewFields } from '../../collections/payouts/reviewFields.ts'
import { applyPayoutEvents } from '../../jobs/payouts/applyPayoutEvents.ts'
import { lookUpPayouts } from '../../jobs/payouts/lookUpPayouts.ts'
import { payWithdrawals } from '../../jobs/payouts/payWithdrawals.ts'
import type { Env } from '../../src/config/env.ts'
import type { Payouts } from '../../src/payouts/findPayouts.ts'
import { openDrivers } from '../../src/payouts/openDrivers.ts'
import { privateHosts } from '../../src/platform/outbound/refuseUrl.ts'
import { withAdminView } from '../adminViews/withAdminView.ts'
import { type Extension, extendCollection } from '../extend/extendCollection.ts'
import { extendJobs } from '../extend/extendJobs.ts'
import { batchEndpoints } from './endpoints/batches/index.ts'
import { resolveAttempt } from './endpoints/withdrawals/resolveAttempt.ts'
import { loadDeskBadge } from './admin/loadDeskBadge.ts'
import { deskEndpoints } from './endpoints/desk/index.ts'
import { withdrawalEndpoints } from './endpoints/withdrawals/index.ts'
import { methodEndpoints } from './endpoints/methods/methodEndpoints.ts'
import { endReview } from './endpoints/review/endReview.ts'
import { startReview } from './endpoints/review/startReview.ts'
import { taxEndpoints } from './endpoints/tax/taxEndpoints.ts'

export type PayoutsOptions = { env: Env; encryptionKey: Buffer }

const COLLECTIONS: CollectionConfig[] = [
  Withdrawals,
  WithdrawalApprovals,
  PayoutMethods,
  PayoutAttempts,
  PayoutBatches,
  PayoutResultFiles,
  TaxIds,
]

const JOBS = [payWithdrawals, lookUpPayouts, applyPayoutEvents]

/** Withdrawals: members request, people approve, drivers and bank files pay. */
export const payouts =
  ({ encryptionKey, env }: PayoutsOptions): Plugin =>
  (config: Config): Config => {
    const drivers = openDrivers(env, { privateHosts: privateHosts(env) })
    const rateLimitFactor = env.RATE_LIMITS === 'on' ? env.RATE_LIMIT_FACTOR : null
    return {
      ...config,
      custom: {
        ...extendJobs(config, ...JOBS),
        payouts: {
          encryptionKey,
          drivers,
          leaseMs: env.PAYOUT_LEASE_SECONDS * 1_000,
        } satisfies Payouts,
      },
      admin: withAdminView(config.admin, {
        label: 'Withdrawals',
        path: '/withdrawals',
        view: '/plugins/payouts/admin/WithdrawalsView#WithdrawalsView',
        audience: 'staff',
        badge: loadDeskBadge,
      }),
      collections: Object.entries(extensionsOf({ rateLimitFactor })).reduce(
        (collections, [slug, extension]) => extendCollection(collections, slug, extension),
        [...(config.collections ?? []), ...COLLECTIONS],
      ),
      globals: [...(config.globals ?? []), PayoutConfig],
    }
  }

type Options = { rateLimitFactor: number | null }

const extensionsOf = (options: Options): Record<string, Extension> => ({
  users: { fields: reviewFields, endpoints: [startReview, endReview] },
  withdrawals: { endpoints: [...deskEndpoints, ...withdrawalEndpoints(options)] },
  'payout-methods': { endpoints: methodEndpoints(options) },
  'tax-ids': { endpoints: taxEndpoints(options) },
  'payout-batches': { endpoints: batchEndpoints },
  'payout-attempts': { endpoints: [resolveAttempt] },
})
