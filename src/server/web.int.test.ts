import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

import { cloneDatabase } from '../../test/support/cloneDatabase.ts'
import { inheritedEnv } from '../config/env.ts'
import { freePort } from './postgres/freePort.ts'

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

const start = async (args: string[], env: Record<string, string> = {}) => {
  const port = await freePort()
  const child = spawn(
    process.execPath,
    [inheritedEnv().TEST_BUNDLE ?? '', 'start', 'web', '--without-admin', ...args],
    {
      env: {
        ...inheritedEnv(),
        NODE_ENV: 'production',
        TRIBUTARY_MODE: 'test',
        DATABASE_URL: await cloneDatabase(),
        PAYLOAD_SECRET: 'a-secret-for-tests-alone-of-enough-length',
        HOST: '127.0.0.1',
        PORT: String(port),
        METRICS_TOKEN: 'a-token-for-tests',
        LOG_LEVEL: 'silent',
        ...env,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  started.push(child)
  const baseUrl = `http://127.0.0.1:${port}`
  await until(() => answers(`${baseUrl}/health/ready`))
  return { baseUrl, child }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )

const until = async (isTrue: () => Promise<boolean>): Promise<void> => {
  while (!(await isTrue())) await wait(50)
}

const stop = async (child: ChildProcess): Promise<number | null> => {
  const ended = once(child, 'exit') as Promise<[number | null]>
  child.kill('SIGTERM')
  return (await ended)[0]
}

it('a process without the admin answers the API and loads neither Next nor React', async () => {
  const coverage = await fs.mkdtemp(path.join(os.tmpdir(), 'tributary-loaded-'))
  const { baseUrl, child } = await start([], { NODE_V8_COVERAGE: coverage })
  expect((await fetch(`${baseUrl}/api/payments`)).status).toBe(403)
  const query = await fetch(`${baseUrl}/api/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: '{ meUser { token } }' }),
  })
  expect(await query.json()).toMatchObject({ data: { meUser: { token: null } } })
  const admin = await fetch(`${baseUrl}/admin`)
  expect(admin.status).toBe(404)
  expect(await admin.json()).toMatchObject({ errors: [{ code: 'request.not-found' }] })

  expect(await stop(child)).toBe(0)
  const loaded = await readLoaded(coverage)
  expect(loaded.filter((url) => url.includes('/node_modules/payload/'))).not.toEqual([])
  expect(loaded.filter((url) => /\/node_modules\/(next|react|react-dom)\//.test(url))).toEqual([])
  await fs.rm(coverage, { recursive: true })
})

/** The scripts that a process loaded: V8 writes them down as it ends. */
const readLoaded = async (dir: string): Promise<string[]> => {
  const files = await fs.readdir(dir)
  const reports = await Promise.all(files.map((file) => fs.readFile(path.join(dir, file), 'utf8')))
  return reports.flatMap((report) =>
    (JSON.parse(report) as { result: { url: string }[] }).result.map(({ url }) => url),
  )
}

it('several processes share a port; a killed one is replaced, and SIGTERM ends them all', async () => {
  const { baseUrl, child } = await start(['--processes', '2'])
  const first = await childrenOf(child)
  expect(first).toHaveLength(2)
  await fetch(`${baseUrl}/health`)
  const metrics = await fetch(`${baseUrl}/metrics`, {
    headers: { Authorization: 'Bearer a-token-for-tests' },
  })
  const text = await metrics.text()
  expect(text.match(/^tributary_database_up 1$/gm)).toHaveLength(1)
  expect(
    text.match(/^tributary_http_request_seconds_count\{.*status="200"\} [1-9]/gm),
  ).not.toBeNull()

  process.kill(first[0] ?? 0, 'SIGKILL')
  // The first request may use a connection to the killed process.
  await until(() =>
    fetch(`${baseUrl}/api/payments`).then(
      ({ status }) => status === 403,
      () => false,
    ),
  )
  await until(async () => {
    const now = await childrenOf(child)
    return now.length === 2 && !now.includes(first[0] ?? 0)
  })
  expect((await fetch(`${baseUrl}/api/payments`)).status).toBe(403)

  const all = await childrenOf(child)
  expect(await stop(child)).toBe(0)
  expect(all.filter(isAlive)).toEqual([])
})

const childrenOf = async ({ pid }: ChildProcess): Promise<number[]> => {
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(pid)]).catch(() => ({
    stdout: '',
  }))
  return stdout.split('\n').filter(Boolean).map(Number)
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
