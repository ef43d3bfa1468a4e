import type { Command } from 'commander'

import { migrations } from '../database/migrations/index.ts'
import { migrate } from '../database/migrate.ts'
import { prepareEnvironment } from '../server/prepareEnvironment.ts'
import { serve } from './start.ts'

/**
 * `tributary dev`: the web process on the demo's database. Next reloads the admin's pages; `bin`
 * restarts the process when other sources change.
 */
export const addDev = (program: Command): void => {
  program
    .command('dev')
    .description('the web process with live reload')
    .action(async () => {
      const { env, release } = await prepareEnvironment()
      try {
        if (env.DATABASE_URL) await migrate({ databaseUrl: env.DATABASE_URL, migrations })
        await serve({ isDevelopment: true })
      } finally {
        await release()
      }
    })
}
