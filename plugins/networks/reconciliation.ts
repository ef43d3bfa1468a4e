import type { Config, Plugin } from 'payload'

import { withDesk } from '../desks/withDesk.ts'
import { extendCollection } from '../extendCollection.ts'
import { advanced } from './endpoints/advanced.ts'
import { importSales } from './endpoints/importSales.ts'
import { importStatement } from './endpoints/importStatement.ts'
import { owed } from './endpoints/owed.ts'
import { reconciledDays } from './endpoints/reconciledDays.ts'

/** Files of networks, what they pay and owe, and the desk to look at it. */
export const reconciliation =
  (): Plugin =>
  (config: Config): Config => ({
    ...config,
    admin: withDesk(config.admin, {
      label: 'Reconciliation',
      path: '/reconciliation',
      view: '/plugins/networks/admin/reconciliation/ReconciliationView#ReconciliationView',
      audience: 'staff',
    }),
    collections: extendCollection(config.collections, 'networks', {
      endpoints: [owed, advanced, reconciledDays, importSales, importStatement],
    }),
  })
