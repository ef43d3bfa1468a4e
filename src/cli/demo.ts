import { once } from 'node:events'

import type { Command } from 'commander'
import { Client } from 'pg'

import { printEnding } from '../demo/printEnding.ts'
import { providersAt, reportTo } from '../demo/providers.ts'
import { tellShopStory } from '../demo/shopStory.ts'
import { tellStory } from '../demo/story.ts'
import { provideEnv, readEnv } from '../env.ts'
import { migrations } from '../migrations/index.ts'
import { buildOnce } from '../server/buildOnce.ts'
import { migrate } from '../server/migrate.ts'
import { freePort } from '../server/postgres/freePort.ts'
import { dataDir, prepareEnvironment } from '../server/prepareEnvironment.ts'
import { ensureSecrets, type Secrets } from '../server/secrets.ts'
import { type SpawnedSimulator, spawnSimulator } from '../server/spawnSimulator.ts'
import { type SpawnedWeb, spawnWeb } from '../server/spawnWeb.ts'
import { type SpawnedWorker, spawnWorker } from '../server/spawnWorker.ts'
import { stage } from './stage.ts'
import { throwAway } from './throwAway.ts'
import { untilStopped } from './untilStopped.ts'

/** `tributary demo [--reset] [--once]` */
export const addDemo = (program: Command): void => {
  program
    .command('demo')
    .description('everything running with believable data, from nothing')
    .option('--reset', 'throw the demo’s data away and start over')
    .option('--once', 'stop after the story')
    .action(demo)
}

const demo = async ({
  once: isOnce,
  reset,
}: {
  once?: boolean
  reset?: boolean
}): Promise<void> => {
  provideEnv({ TRIBUTARY_MODE: 'demo', LOG_LEVEL: 'error' })
  // Heard from now on, so that Ctrl-C also during a stage stops what was started.
  const stopped = untilStopped()
  if (reset) await stage('Throw away the old data', throwAway)
  const { env, release } = await stage('PostgreSQL', prepareEnvironment)
  let web: SpawnedWeb | undefined
  let worker: SpawnedWorker | undefined
  let simulator: SpawnedSimulator | undefined
  try {
    const databaseUrl = env.DATABASE_URL ?? ''
    await stage('Migrations', () => migrate({ databaseUrl, migrations }))
    const secrets = await ensureSecrets(dataDir())
    await stage('Build (once, then reused)', buildOnce)
    if (await isEmpty(databaseUrl)) await stage('People and payments', () => seedFrom(secrets))

    const providers = (simulator = await stage('Provider simulator', () => startSimulator()))
    provideEnv(await providersAt(providers.url))
    const running = (web = spawnWeb(await freePort(readEnv().PORT)))
    const { baseUrl } = running
    if (!(await stage('Web', () => running.untilReady(stopped)))) return
    const working = (worker = spawnWorker(await freePort()))
    await stage('Worker', () => working.untilReady())
    await reportTo(providers.url, baseUrl)

    console.log('\nThe main job, over HTTP:')
    const { demoApiKey: apiKey, demoPassword: password } = secrets
    const { payerId } = await tellStory({
      apiKey,
      baseUrl,
      password,
      simulatorUrl: providers.url,
      say,
    })
    console.log('\nAnd the other one, from a click to the wallet:')
    await tellShopStory({ baseUrl, password, simulatorUrl: providers.url, say })
    if (isOnce) return
    printEnding({ apiKey, baseUrl, password, payerId, simulatorUrl: providers.url })
    await Promise.race([stopped, once(running.process, 'exit')])
  } finally {
    await Promise.all([web?.stop(), worker?.stop()])
    await simulator?.stop()
    await release()
  }
}

const say = (line: string) => {
  console.log(`  ${line}`)
}

const startSimulator = async () => spawnSimulator({ port: await freePort(4010) })

const isEmpty = async (databaseUrl: string): Promise<boolean> => {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query('select 1 from payments limit 1')
    return rows.length === 0
  } finally {
    await client.end()
  }
}

const seedFrom = async ({ demoApiKey, demoPassword }: Secrets): Promise<void> => {
  const { default: config } = await import('../../payload.config.ts')
  const { getPayload } = await import('payload')
  const { closePayload } = await import('../server/closePayload.ts')
  const { seed } = await import('../demo/seed.ts')
  const payload = await getPayload({ config })
  try {
    await seed(payload, { apiKey: demoApiKey, password: demoPassword })
  } finally {
    await closePayload(payload)
  }
}
