import type { Command } from 'commander'

import { provideEnv } from '../env.ts'
import { migrations } from '../migrations/index.ts'
import { migrate } from '../server/migrate.ts'
import { prepareEnvironment } from '../server/prepareEnvironment.ts'
import { untilStopped } from './untilStopped.ts'

/** `tributary start web` */
export const addStart = (program: Command): void => {
  const start = program.command('start').description('run a process of the product')
  start
    .command('web')
    .description('admin, REST, GraphQL and the edge routes; needs a build')
    .action(async () => {
      const { env, release } = await prepareEnvironment()
      try {
        const databaseUrl = env.DATABASE_URL ?? ''
        const { pending } = await migrate({ checkOnly: true, databaseUrl, migrations })
        if (pending.length > 0) {
          throw new Error(`Run "tributary migrate" first. Pending: ${pending.join(', ')}`)
        }
        await serve({ isDevelopment: false })
      } finally {
        await release()
      }
    })
}

/** Starts the web process, in a prepared environment, and serves until it is told to stop. */
export const serve = async (options: { isDevelopment: boolean }): Promise<void> => {
  provideEnv({ NEXT_TELEMETRY_DISABLED: '1' })
  const { startWeb } = await import('../server/web.ts')
  const web = await startWeb(options)
  await untilStopped()
  await web.close()
}
