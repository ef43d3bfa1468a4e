import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

import { inheritedEnv } from '../env.ts'
import { projectRoot } from '../projectRoot.ts'
import { startTestServer } from './startTestServer.ts'

/**
 * `npm test [-- <jest arguments>]`: a PostgreSQL of its own, migrated once into a template, then
 * Jest, whose test files each clone a database from it.
 */
const runTests = async (args: string[]): Promise<number> => {
  const server = await startTestServer()
  try {
    const jest = spawn(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        path.join(projectRoot(), 'node_modules/jest/bin/jest.js'),
        ...args,
      ],
      {
        cwd: projectRoot(),
        stdio: 'inherit',
        env: {
          ...inheritedEnv(),
          NODE_ENV: 'test',
          TEST_SERVER_URL: server.url('postgres'),
          TRIBUTARY_MODE: 'test',
        },
      },
    )
    // Its end is the end of the run, whoever is told to stop.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => jest.kill(signal))
    }
    const [code] = (await once(jest, 'exit')) as [number | null]
    return code ?? 1
  } finally {
    await server.stop()
  }
}

process.exit(
  await runTests(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }),
)
