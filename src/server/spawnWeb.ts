import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { inheritedEnv } from '../env.ts'
import { projectRoot } from '../projectRoot.ts'

export type SpawnedWeb = {
  baseUrl: string
  process: ChildProcess
  /** Answers false when `stopped` came first. @throws Error when the process ends instead */
  untilReady: (stopped?: Promise<void>) => Promise<boolean>
  stop: () => Promise<void>
}

const GRACE_MS = 12_000

/**
 * Starts the built web process beside us, as in production. Its channel ends with us, and the
 * process with it, so that a kill -9 of ours leaves none behind.
 */
export const spawnWeb = (port: number, env: Record<string, string> = {}): SpawnedWeb => {
  const baseUrl = `http://localhost:${port}`
  const web = spawn(
    process.execPath,
    ['--enable-source-maps', path.join(projectRoot(), 'dist/tributary.js'), 'start', 'web'],
    {
      env: {
        ...inheritedEnv(),
        NODE_ENV: 'production',
        TRIBUTARY_MODE: 'demo',
        HOST: '127.0.0.1',
        PORT: String(port),
        LOG_LEVEL: 'error',
        ...env,
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  )
  return {
    baseUrl,
    process: web,
    untilReady: async (stopped = new Promise<void>(() => undefined)) => {
      const state = { isStopped: false }
      void stopped.then(() => (state.isStopped = true))
      while (!state.isStopped) {
        if (web.exitCode !== null) throw new Error(`The web process ended with ${web.exitCode}.`)
        if (await answers(`${baseUrl}/health/ready`)) return true
        await wait(50)
      }
      return false
    },
    stop: async () => {
      if (web.exitCode !== null || web.signalCode !== null) return
      const ended = once(web, 'exit')
      web.kill('SIGTERM')
      await Promise.race([ended, wait(GRACE_MS, undefined, { ref: false })])
      web.kill('SIGKILL')
    },
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
