import { once } from 'node:events'

import { type SpawnedWeb, spawnWeb } from '../../../src/server/processes/spawnWeb.ts'
import type { BuiltProduct } from '../../support/startBuiltProduct.ts'

export type KillableWeb = {
  kills: () => number
  /** Kills the web process with SIGKILL, starts another one on its port and waits until it is ready. */
  replace: () => Promise<void>
  stop: () => Promise<void>
}

/** The web process at the database. */
export const WEB_NAME = 'w0'

/** Takes over the product's web process, so that it can be killed. */
export const openWeb = (
  { web: { baseUrl, databaseUrl, secret, ...first } }: BuiltProduct,
  settings: Record<string, string>,
): KillableWeb => {
  const state: { web: Pick<SpawnedWeb, 'process' | 'stop'>; kills: number } = {
    web: first,
    kills: 0,
  }
  return {
    kills: () => state.kills,
    replace: async () => {
      const ended = once(state.web.process, 'exit')
      state.web.process.kill('SIGKILL')
      await ended
      state.kills += 1
      const next = spawnWeb(
        Number(new URL(baseUrl).port),
        { ...settings, DATABASE_URL: databaseUrl, PAYLOAD_SECRET: secret, RATE_LIMITS: 'off' },
        ['--without-admin'],
      )
      state.web = next
      await next.untilReady()
    },
    stop: () => state.web.stop(),
  }
}
