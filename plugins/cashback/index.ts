import type { Config, Plugin } from 'payload'

import { CashbackConfig } from '../../collections/cashback/CashbackConfig.ts'
import { runSyncRequestsJob } from '../../jobs/cashback/runSyncRequests.ts'
import { applyPostbacks } from '../../jobs/cashback/applyPostbacks.ts'
import { archivePages } from '../../jobs/cashback/archivePages.ts'
import { approveByAge } from '../../jobs/cashback/approveByAge.ts'
import { syncDue } from '../../jobs/cashback/syncDue.ts'
import { syncNetworks } from '../../jobs/cashback/syncNetworks.ts'
import { watchNetworks } from '../../jobs/cashback/watchNetworks.ts'
import type { NetworksOptions } from '../../src/cashback/ingestion/sync/networksOptions.ts'
import { withAdminView } from '../adminViews/withAdminView.ts'
import { extendCollection } from '../extend/extendCollection.ts'
import { extendJobs } from '../extend/extendJobs.ts'
import { loadNetworksBadge } from './admin/networks/loadNetworksBadge.ts'
import { importStatement } from './endpoints/reconciliation/importStatement.ts'
import { importTransactions } from './endpoints/reconciliation/importTransactions.ts'
import { owedReport } from './endpoints/reconciliation/owedReport.ts'
import { paidAheadReport } from './endpoints/reconciliation/paidAheadReport.ts'
import { unmatchedReport } from './endpoints/reconciliation/unmatchedReport.ts'
import { reconciliationReport } from './endpoints/reconciliation/reconciliationReport.ts'
import { networkCollections } from './networkCollections.ts'

const JOBS = [
  syncNetworks,
  syncDue,
  runSyncRequestsJob,
  approveByAge,
  applyPostbacks,
  watchNetworks,
  archivePages,
]

/**
 * Affiliate networks: what they report becomes cashback in members' wallets, and their files and
 * payouts are reconciled with it.
 */
export const cashback =
  (options: NetworksOptions): Plugin =>
  (config: Config): Config =>
    withReconciliation({
      ...config,
      custom: { ...extendJobs(config, ...JOBS), networks: options },
      admin: withAdminView(config.admin, {
        label: 'Networks & sync',
        path: '/networks-and-sync',
        view: '/plugins/cashback/admin/networks/NetworksView#NetworksView',
        audience: 'staff',
        badge: loadNetworksBadge,
      }),
      collections: [...(config.collections ?? []), ...networkCollections(options)],
      globals: [...(config.globals ?? []), CashbackConfig],
    })

/** The files of networks, what they paid and owe, and the admin view that shows it. */
const withReconciliation = (config: Config): Config => ({
  ...config,
  admin: withAdminView(config.admin, {
    label: 'Reconciliation',
    path: '/reconciliation',
    view: '/plugins/cashback/admin/reconciliation/ReconciliationView#ReconciliationView',
    audience: 'staff',
  }),
  collections: extendCollection(config.collections, 'networks', {
    endpoints: [
      owedReport,
      paidAheadReport,
      unmatchedReport,
      reconciliationReport,
      importTransactions,
      importStatement,
    ],
  }),
})
