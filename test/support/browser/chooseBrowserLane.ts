import { inheritedEnv, provideEnv } from '../../../src/config/env.ts'

/** Test files change the data that they read: files that run side by side have a product each. */
export const BROWSER_LANES = 2

/** A set-up file of Vitest: leads a process to the product and database of its lane. */
const chooseBrowserLane = (): void => {
  const env = inheritedEnv()
  const lane = env.VITEST_POOL_ID
  if (!lane) return
  provideEnv({
    BROWSER_URL: env[`BROWSER_URL_${lane}`] ?? '',
    BROWSER_DATABASE_URL: env[`BROWSER_DATABASE_URL_${lane}`] ?? '',
  })
}

chooseBrowserLane()
