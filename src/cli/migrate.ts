import type { Command } from 'commander'

import { migrations } from '../database/migrations/index.ts'
import { migrate } from '../database/migrate.ts'
import { prepareEnvironment } from '../server/prepareEnvironment.ts'

/** `tributary migrate [--check] [--json]` */
export const addMigrate = (program: Command): void => {
  program
    .command('migrate')
    .description('apply pending migrations; exit code 0 only when the database is up to date')
    .option('--check', 'change nothing; exit code 1 when migrations are pending')
    .option('--json', 'print the report as JSON')
    .action(async ({ check = false, json }: { check?: boolean; json?: boolean }) => {
      const { env, release } = await prepareEnvironment()
      try {
        if (!env.DATABASE_URL) throw new Error('DATABASE_URL is not set.')
        const report = await migrate({
          checkOnly: check,
          databaseUrl: env.DATABASE_URL,
          migrations,
        })
        if (json) console.log(JSON.stringify(report))
        else if (report.pending.length > 0) console.log(`Pending: ${report.pending.join(', ')}`)
        else console.log(`Up to date, ${report.ran.length} of ${report.applied.length} run now.`)
        if (report.pending.length > 0) process.exitCode = 1
      } finally {
        await release()
      }
    })
}
