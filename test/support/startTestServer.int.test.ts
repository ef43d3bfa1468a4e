import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { runningPort } from '../../src/server/postgres/runningPort.ts'
import { startPostgres } from '../../src/server/postgres/startPostgres.ts'
import { removeLeftovers } from './startTestServer.ts'

/** Returns the id of a process that has ended. */
const findDeadPid = () => Number(execFileSync(process.execPath, ['-p', 'process.pid']))

const createLeftover = (version: string) => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'tributary-test-'))
  const dataDir = path.join(dir, 'data')
  const password = 'left-behind'
  fs.writeFileSync(path.join(dir, 'owner.json'), JSON.stringify({ pid: findDeadPid(), password }))
  fs.mkdirSync(dataDir)
  fs.writeFileSync(path.join(dataDir, 'PG_VERSION'), version)
  return { dir, dataDir, password }
}

describe('the server of a killed test run', () => {
  it('is removed without a start, whichever version of PostgreSQL made it', async () => {
    const { dir } = createLeftover('15')
    await removeLeftovers()
    expect(fs.existsSync(dir)).toBe(false)
  })

  it('is stopped before it is removed if it still runs', async () => {
    const { dataDir, dir, password } = createLeftover('18')
    fs.rmSync(dataDir, { recursive: true })
    await startPostgres({ dataDir, password, isDurable: false })
    expect(await runningPort({ dataDir, password })).not.toBeNull()
    await removeLeftovers()
    expect(await runningPort({ dataDir, password })).toBeNull()
    expect(fs.existsSync(dir)).toBe(false)
  })
})
