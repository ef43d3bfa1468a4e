import { type Command, Option } from 'commander'

import { JOB_KINDS, type JobKind } from '../../jobs/defineJob.ts'
import { type Env, provideEnv } from '../env.ts'
import { migrations } from '../migrations/index.ts'
import { migrate } from '../server/migrate.ts'
import { prepareEnvironment } from '../server/prepareEnvironment.ts'
import { untilStopped } from './untilStopped.ts'

/** `tributary start web`, `tributary start worker [--jobs <kind>]` */
export const addStart = (program: Command): void => {
  const start = program.command('start').description('run a process of the product')
  start
    .command('web')
    .description('admin, REST, GraphQL and the edge routes; needs a build')
    .action(() => prepared(() => serve({ isDevelopment: false })))
  start
    .command('worker')
    .description('what runs on schedule, and what waits to be sent')
    .addOption(new Option('--jobs <kind>', 'only those of one kind').choices([...JOB_KINDS]))
    .action(({ jobs }: { jobs?: JobKind }) =>
      prepared(async () => {
        const { startWorker } = await import('../server/worker.ts')
        const worker = await startWorker(jobs ? [jobs] : JOB_KINDS)
        process.send?.('ready')
        await untilStopped()
        await worker.close()
      }),
    )
}

const prepared = async (run: () => Promise<void>): Promise<void> => {
  const { env, release } = await prepareEnvironment()
  try {
    await assertMigrated(env)
    await run()
  } finally {
    await release()
  }
}

const assertMigrated = async ({ DATABASE_URL: databaseUrl = '' }: Env): Promise<void> => {
  const { pending } = await migrate({ checkOnly: true, databaseUrl, migrations })
  if (pending.length > 0) {
    throw new Error(`Run "tributary migrate" first. Pending: ${pending.join(', ')}`)
  }
}

/** Starts the web process, in a prepared environment, and serves until it is told to stop. */
export const serve = async (options: { isDevelopment: boolean }): Promise<void> => {
  provideEnv({ NEXT_TELEMETRY_DISABLED: '1' })
  const { startWeb } = await import('../server/web.ts')
  const web = await startWeb(options)
  await untilStopped()
  await web.close()
}
