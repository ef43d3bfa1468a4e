import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs/promises'
import path from 'node:path'

import { inheritedEnv } from '../src/config/env.ts'
import { projectRoot } from '../src/platform/projectRoot.ts'
import { bundle } from '../bin/bundle.mjs'
import { checkRowTypes } from './support/rowTypes/checkRowTypes.ts'
import { startTestServer } from './support/startTestServer.ts'

/**
 * `npm test [-- <vitest arguments>]`: starts a PostgreSQL with a migrated template, bundles the
 * command line and runs Vitest; each test file clones a database of its own. Then compares the row
 * types of SQL statements with the rows that the tests read. Returns the exit code.
 */
const runTests = async (args: string[]): Promise<number> => {
  const dist = path.join(projectRoot(), 'dist')
  await fs.mkdir(dist, { recursive: true })
  const bundled = await fs.mkdtemp(path.join(dist, 'test-'))
  const starting = startTestServer()
  try {
    const [server] = await Promise.all([starting, bundle(bundled)])
    const rows = path.join(bundled, 'rows')
    await fs.mkdir(rows)
    const code = await runVitest(args, {
      TEST_BUNDLE: path.join(bundled, 'tributary.js'),
      TEST_ROWS: rows,
      TEST_SERVER_URL: server.url('postgres'),
    })
    return reportRowTypes(rows, args.length === 0) || code
  } finally {
    await fs.rm(bundled, { recursive: true, force: true })
    await (await starting).stop()
  }
}

const reportRowTypes = (rows: string, isComplete: boolean): number => {
  const { problems, unchecked } = checkRowTypes(rows, isComplete)
  for (const problem of problems) console.error(`Row type: ${problem}`)
  const untested = isComplete ? unchecked : []
  for (const call of untested) console.error(`Row type: no test ran the statement at ${call}`)
  return problems.length + untested.length === 0 ? 0 : 1
}

const runVitest = async (args: string[], env: Record<string, string>): Promise<number> => {
  const vitest = spawn(
    process.execPath,
    [path.join(projectRoot(), 'node_modules/vitest/vitest.mjs'), 'run', '--project=tests', ...args],
    {
      cwd: projectRoot(),
      stdio: 'inherit',
      env: { ...inheritedEnv(), NODE_ENV: 'test', TRIBUTARY_MODE: 'test', ...env },
    },
  )
  // The run ends when Vitest ends, so a signal to this process is passed on to it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => vitest.kill(signal))
  }
  const [code] = (await once(vitest, 'exit')) as [number | null]
  return code ?? 1
}

process.exit(
  await runTests(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }),
)
