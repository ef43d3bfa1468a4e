import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

import { seed } from '../src/demo/seed.ts'
import { inheritedEnv, provideEnv } from '../src/config/env.ts'
import { buildOnce } from '../src/server/buildOnce.ts'
import { projectRoot } from '../src/platform/projectRoot.ts'
import { freePort } from '../src/server/postgres/freePort.ts'
import { startBuiltProduct } from './support/startBuiltProduct.ts'
import { startBuiltWeb } from './support/startBuiltWeb.ts'
import { startTestServer } from './support/startTestServer.ts'

const PASSWORD = 'correct-horse-battery'
const API_KEY = 'k'.repeat(48)

/**
 * `npm run test:browser`: the built product with the demo's people, and a second one without
 * anybody, then the tests that open them in Chromium. Pictures go to `test-results/`.
 */
const runBrowserTests = async (args: string[]): Promise<number> => {
  provideEnv({ TRIBUTARY_MODE: 'test', LOG_LEVEL: 'error', DISABLE_PAYLOAD_HMR: 'true' })
  await buildOnce()
  const server = await startTestServer()
  const empty = await startBuiltWeb(server)
  // Pages of a front end's own, on origins of their own: one that is listed, one that is not.
  const [listed, unlisted] = [await freePort(), await freePort()]
  const origins = { CORS_ORIGINS: `http://localhost:${listed}` }
  const product = await startBuiltProduct(server, origins)
  try {
    await seed(product.payload, { apiKey: API_KEY, password: PASSWORD })
    const vitest = spawn(
      process.execPath,
      [
        path.join(projectRoot(), 'node_modules/vitest/vitest.mjs'),
        'run',
        '--project=browser',
        ...args,
      ],
      {
        cwd: projectRoot(),
        stdio: 'inherit',
        env: {
          ...inheritedEnv(),
          NODE_ENV: 'test',
          BROWSER_URL: product.web.baseUrl,
          BROWSER_URL_EMPTY: empty.baseUrl,
          BROWSER_DATABASE_URL: product.web.databaseUrl,
          BROWSER_SECRET: product.web.secret,
          BROWSER_PASSWORD: PASSWORD,
          BROWSER_API_KEY: API_KEY,
          BROWSER_PORT_LISTED: String(listed),
          BROWSER_PORT_UNLISTED: String(unlisted),
        },
      },
    )
    const [code] = (await once(vitest, 'exit')) as [number | null]
    return code ?? 1
  } finally {
    await product.stop()
    await empty.stop()
    await server.stop()
  }
}

process.exit(await runBrowserTests(process.argv.slice(2)))
