import type { Command } from 'commander'

import { provideEnv, readEnv } from '../config/env.ts'

/** `tributary migrate-create <name>` */
export const addMigrateCreate = (program: Command): void => {
  program
    .command('migrate-create <name>')
    .description('write the migration for the changes of the schema, or an empty one to fill in')
    .action(async (name: string) => {
      const secret = readEnv().PAYLOAD_SECRET ?? 'only-while-generating-never-used-to-sign'
      provideEnv({ PAYLOAD_SECRET: secret })
      const { default: config } = await import('../../payload.config.ts')
      const { getPayload } = await import('payload')
      const payload = await getPayload({ config, disableDBConnect: true, disableOnInit: true })
      await payload.db.createMigration({ migrationName: name, payload, forceAcceptWarning: true })
      process.exit()
    })
}
