import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { projectRoot } from '../../platform/projectRoot.ts'

export type SpawnedSimulator = {
  url: string
  process: ChildProcess
  stop: () => Promise<void>
}

const GRACE_MS = 5_000

/**
 * Starts the provider simulator as a child process and resolves when it listens; without a port, on
 * a free one. The child ends when its channel to this process closes, also after a kill -9.
 *
 * @throws Error when it ends instead, such as on a port that is taken
 */
export const spawnSimulator = async ({ port = 0 } = {}): Promise<SpawnedSimulator> => {
  const simulator = spawn(process.execPath, [...program(), 'simulator', '--port', String(port)], {
    cwd: projectRoot(),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    simulator.once('message', (message: { url: string }) => {
      resolve(message.url)
    })
    simulator.once('error', reject)
    simulator.once('exit', (code) => {
      reject(new Error(`The simulator ended with ${code ?? 'a signal'}.`))
    })
  })
  return {
    url,
    process: simulator,
    stop: async () => {
      if (simulator.exitCode !== null || simulator.signalCode !== null) return
      const ended = once(simulator, 'exit')
      simulator.kill('SIGTERM')
      await Promise.race([ended, wait(GRACE_MS, undefined, { ref: false })])
      simulator.kill('SIGKILL')
    },
  }
}

/** It runs from the bundle if this process does, else from the sources with the same compiler. */
const program = (): string[] => {
  const bundle = path.join(projectRoot(), 'dist/tributary.js')
  const isBundled = path.dirname(fileURLToPath(import.meta.url)) === path.dirname(bundle)
  if (isBundled && fs.existsSync(bundle)) return ['--enable-source-maps', bundle]
  return ['--import', 'tsx', path.join(projectRoot(), 'src/cli/main.ts')]
}
