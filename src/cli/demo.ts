import { once } from 'node:events'
import fs from 'node:fs/promises'
import path from 'node:path'

import type { Command } from 'commander'
import { Client } from 'pg'

import { STAFF } from '../demo/people.ts'
import { tellStory } from '../demo/story.ts'
import { provideEnv, readEnv } from '../env.ts'
import { migrations } from '../migrations/index.ts'
import { buildOnce } from '../server/buildOnce.ts'
import { migrate } from '../server/migrate.ts'
import { freePort } from '../server/postgres/freePort.ts'
import { dataDir, prepareEnvironment } from '../server/prepareEnvironment.ts'
import { ensureSecrets, type Secrets } from '../server/secrets.ts'
import { type SpawnedWeb, spawnWeb } from '../server/spawnWeb.ts'
import { stage } from './stage.ts'
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
  if (reset && readEnv().DATABASE_URL) {
    throw new Error('--reset throws the embedded database away; DATABASE_URL names another.')
  }
  if (reset) await stage('Throw away the old data', throwAway)
  const { env, release } = await stage('PostgreSQL', prepareEnvironment)
  let web: SpawnedWeb | undefined
  try {
    const databaseUrl = env.DATABASE_URL ?? ''
    await stage('Migrations', () => migrate({ databaseUrl, migrations }))
    const secrets = await ensureSecrets(dataDir())
    await stage('Build (once, then reused)', buildOnce)
    if (await isEmpty(databaseUrl)) await stage('People and payments', () => seedFrom(secrets))

    const running = (web = spawnWeb(await freePort(readEnv().PORT)))
    const { baseUrl } = running
    if (!(await stage('Web', () => running.untilReady(stopped)))) return

    console.log('\nThe main job, over HTTP:')
    const { demoApiKey: apiKey, demoPassword: password } = secrets
    const { payerId } = await tellStory({
      apiKey,
      baseUrl,
      password,
      say: (line) => {
        console.log(`  ${line}`)
      },
    })
    printEnding({ apiKey, baseUrl, password, payerId })
    if (!isOnce) await Promise.race([stopped, once(running.process, 'exit')])
  } finally {
    await web?.stop()
    await release()
  }
  process.exit()
}

const throwAway = async (): Promise<void> => {
  // Adopts a server that a killed demo left behind: its data cannot go while it runs.
  const there = await fs.access(path.join(dataDir(), 'postgres')).then(
    () => true,
    () => false,
  )
  if (there) await (await prepareEnvironment()).release()
  provideEnv({ DATABASE_URL: '' })
  await fs.rm(dataDir(), { recursive: true, force: true })
}

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
  await seed(payload, { apiKey: demoApiKey, password: demoPassword })
  await closePayload(payload)
}

const printEnding = (shown: {
  apiKey: string
  baseUrl: string
  password: string
  payerId: string
}) => {
  const { apiKey, baseUrl, password, payerId } = shown
  const logins = STAFF.map(({ email, role }) => `  ${role.padEnd(8)} ${email}`).join('\n')
  console.log(`
Admin      ${baseUrl}/admin
REST       ${baseUrl}/api/payments
GraphQL    ${baseUrl}/api/graphql
Health     ${baseUrl}/health/ready

Logins, all with the password ${password}
${logins}
  member   ananya.iyer@example.in (REST and GraphQL; members never enter the admin)

Another completed payment of Riya's, to paste:
  curl -s ${baseUrl}/api/payments -H 'Content-Type: application/json' \\
    -H 'Authorization: service-accounts API-Key ${apiKey}' \\
    -d '{"reference":"MINE-1","user":"${payerId}","amountMinor":50000,"currency":"INR","status":"completed"}'

Ctrl-C stops everything. The data stays for the next time; "npm run demo -- --reset" starts over.`)
}
