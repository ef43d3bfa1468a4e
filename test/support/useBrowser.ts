import { Client } from 'pg'
import type { Browser } from 'playwright-core'

import { inheritedEnv } from '../../src/config/env.ts'
import { openBrowser, openWindow, type Window } from './openBrowser.ts'

type Look = { baseUrl?: string; theme?: 'dark' | 'light'; width?: number }

export type UsedBrowser = {
  /** A window of a stranger. */
  opened: (look?: Look) => Promise<Window>
  /** A window of one of the demo's people, who is signed in, at no page of the admin yet. */
  signedIn: (email: string, look?: Look) => Promise<Window>
  /** Asks the database of the product that is looked at. */
  sql: <Row>(text: string, values?: unknown[]) => Promise<Row[]>
}

/**
 * A browser at the built product, and its database, for the tests of one file. A hook closes them:
 * the last hook runs first, so one of the file that needs them stands below. The windows that a test
 * opens are closed after it, since some pages go on asking for news.
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
  // Those of beforeAll are for all tests.
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
