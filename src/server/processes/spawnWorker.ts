import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { workerEnv } from '../../../bin/workerEnv.mjs'
import { inheritedEnv } from '../../config/env.ts'
import { projectRoot } from '../../platform/projectRoot.ts'

export type SpawnedWorker = {
  /** The address of its health routes. */
  baseUrl: string
  process: ChildProcess
  /** Returns false when `stopped` came first. @throws Error when the process ends instead */
  untilReady: (stopped?: Promise<void>) => Promise<boolean>
  stop: () => Promise<void>
}

/** A little more than a worker takes to end its runs. */
const GRACE_MS = 32_000

/**
 * Starts a built worker as a child process, as in production, with its health routes on `port`. The
 * child ends when its channel to this process closes, also after a kill -9.
 */
export const spawnWorker = (
  port: number,
  env: Record<string, string> = {},
  script: string[] = [path.join(projectRoot(), 'dist/tributary.js'), 'start', 'worker'],
): SpawnedWorker => {
  const baseUrl = `http://localhost:${port}`
  const worker = spawn(process.execPath, ['--enable-source-maps', ...script], {
    env: {
      ...inheritedEnv(),
      ...workerEnv(),
      NODE_ENV: 'production',
      TRIBUTARY_MODE: 'demo',
      HOST: '127.0.0.1',
      WORKER_PORT: String(port),
      LOG_LEVEL: 'error',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return {
    baseUrl,
    process: worker,
    untilReady: async (stopped = new Promise<void>(() => undefined)) => {
      const state = { isStopped: false }
      void stopped.then(() => (state.isStopped = true))
      while (!state.isStopped) {
        if (worker.exitCode !== null) throw new Error(`The worker ended with ${worker.exitCode}.`)
        if (await answers(`${baseUrl}/health/ready`)) return true
        await wait(50)
      }
      return false
    },
    stop: async () => {
      if (worker.exitCode !== null || worker.signalCode !== null) return
      const ended = once(worker, 'exit')
      worker.kill('SIGTERM')
      await Promise.race([ended, wait(GRACE_MS, undefined, { ref: false })])
      worker.kill('SIGKILL')
    },
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
