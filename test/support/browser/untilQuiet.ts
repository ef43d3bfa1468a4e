import { setTimeout as wait } from 'node:timers/promises'

import type { Page, Request } from 'playwright-core'

const LOOK_MS = 10
/** Ten times as long as a page takes on a busy machine. */
const PATIENCE_MS = 60_000

type Traffic = { started: number; open: Set<Request> }
const trafficByPage = new WeakMap<Page, Traffic>()

/** Counts the requests of a page from now on, for `untilQuiet`. */
export const watchRequests = (page: Page): void => {
  const traffic: Traffic = { started: 0, open: new Set() }
  trafficByPage.set(page, traffic)
  page.on('request', (request) => {
    traffic.started += 1
    // A stream of events never ends.
    if (request.resourceType() !== 'eventsource') traffic.open.add(request)
  })
  page.on('requestfinished', (request) => traffic.open.delete(request))
  page.on('requestfailed', (request) => traffic.open.delete(request))
}

/**
 * Resolves when the page has no request under way, has run its scripts and has painted the result.
 * Playwright's `networkidle` instead waits each time for half a second without a request. Throws
 * with the addresses of the requests that are still under way after a minute.
 */
export const untilQuiet = async (page: Page): Promise<void> => {
  const traffic = trafficByPage.get(page)
  if (!traffic) throw new Error('Open the page with openWindow: it counts the requests.')
  const latest = Date.now() + PATIENCE_MS
  for (;;) {
    await page.waitForLoadState('load')
    while (traffic.open.size > 0) {
      if (Date.now() > latest) throw new Error(`No end of ${listAddresses(traffic)}.`)
      await wait(LOOK_MS)
    }
    const { started } = traffic
    const isPainted = await untilPainted(page)
    if (isPainted && traffic.open.size === 0 && traffic.started === started) return
  }
}

const listAddresses = ({ open }: Traffic): string => [...open].map((it) => it.url()).join(', ')

/** Returns false if the page navigates meanwhile. */
const untilPainted = (page: Page): Promise<boolean> =>
  page
    .evaluate(async () => {
      await document.fonts.ready
      const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      await nextFrame()
      await nextFrame()
      // Called after the scripts that are ready have run, such as those that hydrate the page.
      await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1_000 }))
      return true
    })
    .catch((error: unknown) => {
      if (page.isClosed()) throw error
      return false
    })
