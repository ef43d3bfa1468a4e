import { Client } from 'pg'
import type { Browser } from 'playwright-core'

import { inheritedEnv } from '../env.ts'
import { openBrowser, openWindow, type Window } from './openBrowser.ts'

type Look = { baseUrl?: string; theme?: 'dark' | 'light'; width?: number }

export type UsedBrowser = {
  /** A window of a stranger. */
  opened: (look?: Look) => Promise<Window>
  /** A window of one of the demo's people, at the admin. */
  signedIn: (email: string, look?: Look) => Promise<Window>
  /** Asks the database of the product that is looked at. */
  sql: <Row>(text: string, values?: unknown[]) => Promise<Row[]>
}

/**
 * A browser at the built product, and its database, for the tests of one file. They are closed by a
 * hook: one of the file's own that needs them at its end stands above.
 */
export const useBrowser = (): UsedBrowser => {
  const { BROWSER_DATABASE_URL: connectionString, BROWSER_URL = '' } = inheritedEnv()
  const database = new Client({ connectionString })
  let browser: Browser
  beforeAll(async () => {
    await database.connect()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await database.end()
  })
  const opened = (look: Look = {}) => openWindow(browser, { baseUrl: BROWSER_URL, ...look })
  return {
    opened,
    signedIn: async (email, look) => {
      const window = await opened(look)
      await window.signIn(email)
      return window
    },
    sql: async <Row>(text: string, values: unknown[] = []) =>
      (await database.query(text, values)).rows as Row[],
  }
}
