import type { Config, Plugin } from 'payload'

import { CashbackConfig } from '../../collections/CashbackConfig.ts'
import { answerSyncRequests } from '../../jobs/answerSyncRequests.ts'
import { applyPostbacks } from '../../jobs/applyPostbacks.ts'
import { approveByAge } from '../../jobs/approveByAge.ts'
import { syncDue } from '../../jobs/syncDue.ts'
import { syncNetworks } from '../../jobs/syncNetworks.ts'
import { watchNetworks } from '../../jobs/watchNetworks.ts'
import type { NetworksOptions } from '../../src/sync/networksOf.ts'
import { withDesk } from '../desks/withDesk.ts'
import { extendJobs } from '../extendJobs.ts'
import { networksBadge } from './admin/networksBadge.ts'
import { networkCollections } from './networkCollections.ts'

const JOBS = [
  syncNetworks,
  syncDue,
  answerSyncRequests,
  approveByAge,
  applyPostbacks,
  watchNetworks,
]

/** Affiliate networks: what they report becomes cashback in members' wallets. */
export const networks =
  (options: NetworksOptions): Plugin =>
  (config: Config): Config => ({
    ...config,
    custom: { ...extendJobs(config, ...JOBS), networks: options },
    admin: withDesk(config.admin, {
      label: 'Networks & sync',
      path: '/networks-and-sync',
      view: '/plugins/networks/admin/NetworksView#NetworksView',
      audience: 'staff',
      badge: networksBadge,
    }),
    collections: [...(config.collections ?? []), ...networkCollections(options)],
    globals: [...(config.globals ?? []), CashbackConfig],
  })
