import { existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

import { inheritedEnv } from '../../../src/config/env.ts'
import { projectRoot } from '../../../src/platform/projectRoot.ts'
import { untilQuiet, watchRequests } from './untilQuiet.ts'

export type Window = {
  /** Its `goto` resolves when React has put all streamed parts of the page in place. */
  page: Page
  /** Signs in by the API. Leaves the page at `/health`, which sends no requests of its own. */
  signIn: (email: string) => Promise<void>
  /** Saves a screenshot of the page in `test-results/`. */
  picture: (name: string) => Promise<void>
  /** Errors in the console, with their addresses, and uncaught exceptions. */
  complaints: string[]
  close: () => Promise<void>
}

/** The paths of Debian's packages. The headless shell takes a third less time. */
const BROWSERS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

/** Starts Debian's Chromium. It calls no outside hosts, which may be out of reach. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: inheritedEnv().CHROMIUM ?? BROWSERS.find(existsSync) ?? 'chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/**
 * React streams parts of a page into hidden elements and moves them to their places later. A search
 * in between would find such a part twice.
 */
const STREAMED = 'div[hidden][id^="S:"]'

type Look = { baseUrl: string; theme?: 'dark' | 'light'; width?: number }

/** Opens a window of its own cookies. Its size, theme and address are set before the first page. */
export const openWindow = async (
  browser: Browser,
  { baseUrl, theme = 'light', width = 1440 }: Look,
): Promise<Window> => {
  const context = await takeContext(browser, baseUrl)
  const page = await context.newPage()
  await page.setViewportSize({ width, height: 900 })
  await page.emulateMedia({ colorScheme: theme })
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  watchRequests(page)
  const goto = page.goto.bind(page)
  page.goto = async (...to) => {
    const response = await goto(...to)
    await page.locator(STREAMED).first().waitFor({ state: 'detached' })
    return response
  }
  return {
    page,
    complaints,
    signIn: async (email) => {
      const data = { email, password: inheritedEnv().BROWSER_PASSWORD ?? '' }
      // The context keeps the cookie of the response. The server may just be closing an idle
      // connection that the context would use again, hence the retries.
      const response = await context.request.post('/api/users/login', { data, maxRetries: 2 })
      if (!response.ok()) throw new Error(`The sign-in of ${email} failed: ${response.status()}.`)
      await page.goto('/health')
    },
    picture: async (name) => {
      const dir = path.join(projectRoot(), 'test-results')
      await fs.mkdir(dir, { recursive: true })
      await untilQuiet(page)
      await page.screenshot({
        path: path.join(dir, `${name}-${theme}-${width}.png`),
        fullPage: true,
      })
    },
    close: () => releaseContext(browser, baseUrl, context),
  }
}

/**
 * Contexts that no window uses. A context has a cache of its own: a new one for each window loads
 * and compiles the admin's scripts each time, which costs more than the test.
 */
const idleContexts = new WeakMap<Browser, Map<string, BrowserContext[]>>()

const takeContext = async (browser: Browser, baseURL: string): Promise<BrowserContext> =>
  idleContexts.get(browser)?.get(baseURL)?.pop() ??
  browser.newContext({ baseURL, locale: 'en-IN', timezoneId: 'Asia/Kolkata' })

/** Closes the pages and clears the cookies and the storage. The cache stays. */
const releaseContext = async (
  browser: Browser,
  baseURL: string,
  context: BrowserContext,
): Promise<void> => {
  await Promise.all(context.pages().map((page) => page.close()))
  await clearOrigin(context, baseURL)
  const byUrl = idleContexts.get(browser) ?? new Map<string, BrowserContext[]>()
  idleContexts.set(browser, byUrl)
  byUrl.set(baseURL, [...(byUrl.get(baseURL) ?? []), context])
}

const clearOrigin = async (context: BrowserContext, baseURL: string): Promise<void> => {
  await context.clearCookies()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  const { origin } = new URL(baseURL)
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'local_storage' })
  await page.close()
}
