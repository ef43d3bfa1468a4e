import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'

import { getPayload } from 'payload'

import { inheritedEnv, provideEnv } from '../src/config/env.ts'
import { closePayload } from '../src/database/pool.ts'
import { seed } from '../src/demo/seed.ts'
import { projectRoot } from '../src/platform/projectRoot.ts'
import { buildOnce } from '../src/server/buildOnce.ts'
import { freePort } from '../src/server/postgres/freePort.ts'
import type { Postgres } from '../src/server/postgres/startPostgres.ts'
import { BROWSER_LANES } from './support/browser/chooseBrowserLane.ts'
import { readCommit, seedOf } from './support/readCommit.ts'
import { type BuiltWeb, createCopy, startBuiltWeb } from './support/startBuiltWeb.ts'
import { startTestServer, TEMPLATE } from './support/startTestServer.ts'

const PASSWORD = 'correct-horse-battery'
const API_KEY = 'k'.repeat(48)

/** The arguments for Vitest, and the seed of the quick form. */
type Options = { args: string[]; seed?: number }

/**
 * `npm run test:browser [-- --quick]`: starts the built product with the demo's people, once for each lane of
 * test files, and once with an empty database; then runs the tests that open them in Chromium.
 * Screenshots go to `test-results/`. With a seed, each screen is opened in one of four looks.
 * Returns the exit code.
 */
const runBrowserTests = async ({ args, seed }: Options): Promise<number> => {
  provideEnv({ TRIBUTARY_MODE: 'test', LOG_LEVEL: 'error', DISABLE_PAYLOAD_HMR: 'true' })
  await buildOnce()
  const server = await startTestServer()
  const started: BuiltWeb[] = []
  const start = async (...options: [Record<string, string>?, string?]): Promise<BuiltWeb> => {
    const web = await startBuiltWeb(server, ...options)
    started.push(web)
    return web
  }
  try {
    const secret = randomBytes(32).toString('hex')
    const seeded = await createSeededDatabase(server, secret)
    // Two origins of front ends: one that CORS_ORIGINS lists and one that it does not.
    const [listed, unlisted] = [await freePort(), await freePort()]
    const env = { CORS_ORIGINS: `http://localhost:${listed}`, PAYLOAD_SECRET: secret }
    const lanes: BuiltWeb[] = []
    while (lanes.length < BROWSER_LANES) lanes.push(await start(env, seeded))
    const empty = await start()
    return await runVitest(args, {
      BROWSER_URL_EMPTY: empty.baseUrl,
      BROWSER_SECRET: secret,
      BROWSER_SEED: seed === undefined ? '' : String(seed),
      BROWSER_PASSWORD: PASSWORD,
      BROWSER_API_KEY: API_KEY,
      BROWSER_PORT_LISTED: String(listed),
      BROWSER_PORT_UNLISTED: String(unlisted),
      ...Object.fromEntries(
        lanes.flatMap(({ baseUrl, databaseUrl }, index) => [
          [`BROWSER_URL_${index + 1}`, baseUrl],
          [`BROWSER_DATABASE_URL_${index + 1}`, databaseUrl],
        ]),
      ),
    })
  } finally {
    for (const web of started) await web.stop()
    await server.stop()
  }
}

/** Creates a database with the demo's people. Returns its name. */
const createSeededDatabase = async (server: Postgres, secret: string): Promise<string> => {
  const name = await createCopy(server, TEMPLATE)
  provideEnv({ DATABASE_URL: server.url(name), PAYLOAD_SECRET: secret })
  const { default: config } = await import('../payload.config.ts')
  const payload = await getPayload({ config })
  await seed(payload, { apiKey: API_KEY, password: PASSWORD })
  await closePayload(payload)
  return name
}

const runVitest = async (args: string[], env: Record<string, string>): Promise<number> => {
  const program = path.join(projectRoot(), 'node_modules/vitest/vitest.mjs')
  const vitest = spawn(process.execPath, [program, 'run', '--project=browser', ...args], {
    cwd: projectRoot(),
    stdio: 'inherit',
    env: { ...inheritedEnv(), NODE_ENV: 'test', ...env },
  })
  const [code] = (await once(vitest, 'exit')) as [number | null]
  return code ?? 1
}

const readOptions = (argv: string[]): Options => {
  const args = argv.filter((arg) => arg !== '--quick')
  return args.length === argv.length ? { args } : { args, seed: seedOf(readCommit()) }
}

process.exit(await runBrowserTests(readOptions(process.argv.slice(2))))
