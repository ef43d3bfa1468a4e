import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

import { bundleFile } from '../../../bin/bundle.mjs'
import { inheritedEnv } from '../../config/env.ts'

export type SpawnedWeb = {
  baseUrl: string
  process: ChildProcess
  /** Returns false when `stopped` came first. @throws Error when the process ends instead */
  untilReady: (stopped?: Promise<void>) => Promise<boolean>
  /**
   * Serves the admin in a process that was started with `--admin-later`. @throws Error if it fails
   */
  openAdmin: () => Promise<void>
  stop: () => Promise<void>
}

const GRACE_MS = 12_000

/**
 * Starts the built web process as a child process, as in production. The child ends when its
 * channel to this process closes, also after a kill -9.
 */
export const spawnWeb = (
  port: number,
  env: Record<string, string> = {},
  args: string[] = [],
): SpawnedWeb => {
  const baseUrl = `http://localhost:${port}`
  const web = spawn(
    process.execPath,
    ['--enable-source-maps', bundleFile, 'start', 'web', ...args],
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
    openAdmin: async () => {
      web.send('open-admin')
      const [answer] = (await once(web, 'message')) as [unknown]
      if (answer !== 'admin-open') throw new Error('The admin panel could not be opened.')
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
