import cluster from 'node:cluster'

import { type Command, InvalidArgumentError, Option } from 'commander'

import { JOB_KINDS, type JobKind } from '../platform/jobs/defineJob.ts'
import { type Env, inheritedEnv, provideEnv, readEnv } from '../config/env.ts'
import { migrations } from '../database/migrations/index.ts'
import { migrate } from '../database/migrate.ts'
import { prepareEnvironment } from '../server/prepareEnvironment.ts'
import { waitForDatabase } from '../server/waitForDatabase.ts'
import type { AdminMode, Web } from '../server/web.ts'
import { waitForStop } from './waitForStop.ts'

type WebOptions = { adminLater?: boolean; processes: number; withoutAdmin?: boolean }

/**
 * `tributary start web [--without-admin] [--processes <n>]`,
 * `tributary start worker [--jobs <kind>]`
 */
export const addStart = (program: Command): void => {
  const start = program.command('start').description('run a process of the product')
  start
    .command('web')
    .description('REST, GraphQL, the edge routes and the admin panel; needs a build')
    .option('--without-admin', 'do not load the admin panel: less memory, a faster start')
    .addOption(new Option('--admin-later', 'when the parent process requests it').hideHelp())
    .option('--processes <n>', 'how many processes share the port', parseCount, 1)
    .action((options: WebOptions) => prepared(() => startWebProcesses(options)))
  start
    .command('worker')
    .description('scheduled jobs, and messages that wait to be sent')
    .addOption(new Option('--jobs <kind>', 'only those of one kind').choices([...JOB_KINDS]))
    .action(({ jobs }: { jobs?: JobKind }) =>
      prepared(async () => {
        const { startWorker } = await import('../server/worker.ts')
        const worker = await startWorker(jobs ? [jobs] : JOB_KINDS)
        process.send?.('ready')
        await waitForStop()
        await worker.close()
      }),
    )
}

const parseCount = (text: string): number => {
  const count = Number(text)
  if (/^\d+$/.test(text) && count >= 1 && count <= 64) return count
  throw new InvalidArgumentError('Start 1 to 64 processes.')
}

/** The first process of several starts the others and replaces those that end. */
const startWebProcesses = async (options: WebOptions): Promise<void> => {
  if (options.processes === 1 || cluster.isWorker) {
    const admin = options.withoutAdmin ? 'never' : options.adminLater ? 'later' : 'always'
    await serve({ admin, isDevelopment: false })
    return
  }
  const stopped = waitForStop()
  const { startCluster } = await import('../server/startCluster.ts')
  const processes = await startCluster(options.processes)
  console.log(`${options.processes} web processes listen.`)
  await stopped
  await processes.close()
}

const prepared = async (run: () => Promise<void>): Promise<void> => {
  const { env, release } = await prepareEnvironment()
  try {
    await waitForDatabase({
      databaseUrl: env.DATABASE_URL ?? '',
      seconds: env.DATABASE_WAIT_SECONDS,
      print: (line) => {
        console.log(line)
      },
    })
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

/** Starts the web process in a prepared environment, and serves until it is stopped. */
export const serve = async (options: {
  admin?: AdminMode
  isDevelopment: boolean
}): Promise<void> => {
  // Without NODE_ENV a built server runs as in production; the mode stays what it was without it.
  const { NODE_ENV = options.isDevelopment ? 'development' : 'production' } = inheritedEnv()
  const { TRIBUTARY_MODE } = readEnv()
  provideEnv({ NEXT_TELEMETRY_DISABLED: '1', NODE_ENV, TRIBUTARY_MODE })
  const { startWeb } = await import('../server/web.ts')
  const web = await startWeb(options)
  process.on('message', (message) => {
    if (message === 'open-admin') void openForParent(web)
  })
  await waitForStop()
  await web.close()
}

const openForParent = async (web: Web): Promise<void> => {
  const isOpen = await web.openAdmin().then(
    () => true,
    (error: unknown) => {
      console.error(error)
      return false
    },
  )
  process.send?.(isOpen ? 'admin-open' : 'admin-failed')
}
