import type { Config, Plugin } from 'payload'

import { verifyWallets } from '../../jobs/verifyWallets.ts'
import { extendCollection } from '../extendCollection.ts'
import { extendJobs } from '../extendJobs.ts'
import { statementView } from './admin/statementView.ts'
import { walletBalance } from './endpoints/walletBalance.ts'
import { walletStatement } from './endpoints/walletStatement.ts'

/** What a member's wallets hold and held: statements and balances as of any instant. */
export const wallets =
  (): Plugin =>
  (config: Config): Config => ({
    ...config,
    collections: extendCollection(config.collections, 'users', {
      views: { statement: statementView },
    }),
    endpoints: [...(config.endpoints ?? []), walletStatement, walletBalance],
    custom: extendJobs(config, verifyWallets),
  })
