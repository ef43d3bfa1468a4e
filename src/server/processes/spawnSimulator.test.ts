import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { projectRoot } from '../../platform/projectRoot.ts'
import { spawnSimulator } from './spawnSimulator.ts'

const answers = (url: string) =>
  fetch(`${url}/control/clock`).then(
    ({ ok }) => ok,
    () => false,
  )

describe('a spawned simulator', () => {
  it('listens once it is started, and ends when it is stopped', async () => {
    const simulator = await spawnSimulator()
    expect(await answers(simulator.url)).toBe(true)
    await simulator.stop()
    expect(await answers(simulator.url)).toBe(false)
    await simulator.stop()
  }, 60_000)

  it('ends with the process that started it, also after kill -9', async () => {
    const script = `
      import { spawnSimulator } from './src/server/processes/spawnSimulator.ts'
      spawnSimulator().then(({ url }) => console.log(url))
      setInterval(() => undefined, 1000)`
    const parent = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      { cwd: projectRoot(), stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const url = line.toString().trim()
    expect(await answers(url)).toBe(true)
    parent.kill('SIGKILL')
    while (await answers(url));
  }, 60_000)

  it('reports a port that is taken', async () => {
    const taken = createServer()
    taken.listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    await expect(spawnSimulator({ port })).rejects.toThrow('The simulator ended with 1')
    taken.close()
  }, 60_000)
})
