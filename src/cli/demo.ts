import { once } from 'node:events'

import { type Command, Option } from 'commander'
import { Client } from 'pg'

import { provideEnv, readEnv } from '../config/env.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { playCashbackStory } from '../demo/playCashbackStory.ts'
import { playReferralStory } from '../demo/playReferralStory.ts'
import { playWithdrawalStory } from '../demo/playWithdrawalStory.ts'
import { printEnding } from '../demo/printEnding.ts'
import { bankAt, providersAt, reportTo } from '../demo/providers.ts'
import { buildPagesOnce } from '../server/buildOnce.ts'
import { freePort } from '../server/postgres/freePort.ts'
import { dataDir, prepareEnvironment } from '../server/prepareEnvironment.ts'
import { type SpawnedSimulator, spawnSimulator } from '../server/processes/spawnSimulator.ts'
import { type SpawnedWeb, spawnWeb } from '../server/processes/spawnWeb.ts'
import { type SpawnedWorker, spawnWorker } from '../server/processes/spawnWorker.ts'
import { ensureSecrets, type Secrets } from '../server/secrets.ts'
import { deleteDemoData } from './deleteDemoData.ts'
import { openClock } from './openClock.ts'
import { waitForStop } from './waitForStop.ts'

type Options = { once?: boolean; reset?: boolean; startedAt?: string }

/** `tributary demo [--reset] [--once]` */
export const addDemo = (program: Command): void => {
  program
    .command('demo')
    .description('start the whole product with sample data; needs no set-up')
    .option('--reset', 'delete the demo’s data and start over')
    .option('--once', 'stop after the stories, once the admin panel is there')
    .addOption(new Option('--started-at <milliseconds>', 'when the clock started').hideHelp())
    .action(demo)
}

type Running = { web: SpawnedWeb; worker: SpawnedWorker; simulator: SpawnedSimulator }
type Clock = ReturnType<typeof openClock>

const demo = async ({ once: isOnce, reset, startedAt }: Options): Promise<void> => {
  provideEnv({ TRIBUTARY_MODE: 'demo', LOG_LEVEL: 'error' })
  const clock = openClock(startedAt === undefined ? Date.now() : Number(startedAt))
  // Listens from now on, so that Ctrl-C during a step also stops the processes that run.
  const stopped = waitForStop()
  clock.print('Bundle')
  if (reset) await clock.runStep('Old data deleted', deleteDemoData)
  // It takes a minute, at low priority.
  const pages = buildPagesOnce({ inBackground: true })
  pages.catch(() => undefined) // thrown where it is awaited
  const { env, release } = await clock.runStep('PostgreSQL', prepareEnvironment)
  const running: Partial<Running> = {}
  try {
    const databaseUrl = env.DATABASE_URL ?? ''
    await clock.runStep('Migrations', () => migrate({ databaseUrl, migrations }))
    const secrets = await ensureSecrets(dataDir())
    const port = await freePort(4010)
    // A rule of payouts needs its driver.
    provideEnv(bankAt(`http://127.0.0.1:${port}`))
    const seeding = seedIfEmpty(clock, databaseUrl, secrets)
    const starting = startProcesses({ clock, port, running, stopped })
    const [started] = await Promise.all([starting, seeding])
    if (!started) return
    await playStories({ clock, running: started, secrets })
    const isStopped = await Promise.race([
      openAdmin(clock, started.web, pages),
      stopped.then(() => true),
    ])
    if (isStopped === true || isOnce) return
    await Promise.race([stopped, once(started.web.process, 'exit')])
  } finally {
    await Promise.all([running.web?.stop(), running.worker?.stop()])
    await running.simulator?.stop()
    await release()
  }
}

type Start = {
  clock: Clock
  /** Of the simulator. */
  port: number
  running: Partial<Running>
  stopped: Promise<void>
}

/** Starts all processes and adds each to `running`. Returns null when it was stopped meanwhile. */
const startProcesses = async ({
  clock,
  port,
  running,
  stopped,
}: Start): Promise<Running | null> => {
  const simulator = await clock.runStep('Provider simulator', () => spawnSimulator({ port }))
  running.simulator = simulator
  const settings = await providersAt(simulator.url)
  const web = spawnWeb(await freePort(readEnv().PORT), settings, ['--admin-later'])
  running.web = web
  const worker = spawnWorker(await freePort(), settings)
  running.worker = worker
  const areReady = () => Promise.all([web.untilReady(stopped), worker.untilReady(stopped)])
  const ready = await clock.runStep(`API at ${web.baseUrl}/api, and a worker`, areReady)
  if (ready.includes(false)) return null
  await reportTo(simulator.url, web.baseUrl)
  return { web, worker, simulator }
}

const playStories = async ({
  clock,
  running: { simulator, web },
  secrets: { demoApiKey: apiKey, demoPassword: password },
}: {
  clock: Clock
  running: Running
  secrets: Secrets
}): Promise<void> => {
  const { baseUrl } = web
  const shared = { baseUrl, password, simulatorUrl: simulator.url, say: clock.print }
  console.log('\nA referral, over HTTP, from an invite code to the wallet:')
  const { payerId } = await playReferralStory({ ...shared, apiKey })
  console.log('\nCashback, from a click to the wallet:')
  await playCashbackStory(shared)
  console.log('\nA withdrawal, from the wallet to the bank:')
  await playWithdrawalStory(shared)
  printEnding({ apiKey, baseUrl, password, payerId, simulatorUrl: simulator.url })
}

const openAdmin = async (clock: Clock, web: SpawnedWeb, pages: Promise<boolean>): Promise<void> => {
  await clock.runStep(`Admin panel at ${web.baseUrl}/admin`, async () => {
    await pages
    await web.openAdmin()
  })
}

/**
 * Runs in this process, without the settings of messaging, so that its people get no messages. Data of
 * an earlier version gets what it lacks.
 */
const seedIfEmpty = async (
  clock: Clock,
  databaseUrl: string,
  { demoApiKey: apiKey, demoPassword: password }: Secrets,
): Promise<void> => {
  const missing = await findMissing(databaseUrl)
  if (!missing.people && !missing.payoutRules) return
  await clock.runStep(missing.people ? 'People and payments' : 'Rules of payouts', async () => {
    const { default: config } = await import('../../payload.config.ts')
    const { getPayload } = await import('payload')
    const { closePayload } = await import('../database/pool.ts')
    const { seed, seedPayoutRules } = await import('../demo/seed.ts')
    const payload = await getPayload({ config })
    try {
      if (missing.people) await seed(payload, { apiKey, password })
      if (missing.payoutRules) await seedPayoutRules(payload)
    } finally {
      await closePayload(payload)
    }
  })
}

const findMissing = async (
  databaseUrl: string,
): Promise<{ people: boolean; payoutRules: boolean }> => {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const isEmpty = async (table: string) =>
      (await client.query(`select 1 from ${table} limit 1`)).rows.length === 0
    return { people: await isEmpty('payments'), payoutRules: await isEmpty('payout_config_rules') }
  } finally {
    await client.end()
  }
}
