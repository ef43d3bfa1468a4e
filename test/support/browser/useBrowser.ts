import { Client } from 'pg'
import type { Browser } from 'playwright-core'

import { inheritedEnv } from '../../../src/config/env.ts'
import { openBrowser, openWindow, type Window } from './openBrowser.ts'

type Look = { baseUrl?: string; theme?: 'dark' | 'light'; width?: number }

export type UsedBrowser = {
  /** Opens a window without a sign-in. */
  opened: (look?: Look) => Promise<Window>
  /** Opens a window for one of the demo's people, signed in, on no page of the admin yet. */
  signedIn: (email: string, look?: Look) => Promise<Window>
  /** Queries the database of the product in the window. */
  sql: <Row>(text: string, values?: unknown[]) => Promise<Row[]>
}

/**
 * Opens a browser for the built product, and its database, for the tests of one file. A hook closes
 * them. The last hook runs first, so a hook of the file that needs them must follow this call. The
 * windows that a test opens are closed after it, since some pages poll the server.
 */
export const useBrowser = (): UsedBrowser => {
  const { BROWSER_DATABASE_URL: connectionString, BROWSER_URL = '' } = inheritedEnv()
  const database = new Client({ connectionString })
  let browser: Browser
  const ofThisTest: Window[] = []
  beforeAll(async () => {
    await database.connect()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await database.end()
  })
  // A window that beforeAll opened stays open for all tests.
  beforeEach(() => {
    ofThisTest.length = 0
  })
  afterEach(() => Promise.all(ofThisTest.map((window) => window.close())))
  const opened = async (look: Look = {}) => {
    const window = await openWindow(browser, { baseUrl: BROWSER_URL, ...look })
    ofThisTest.push(window)
    return window
  }
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
