import type { Page } from 'playwright-core'

/** By how many pixels a page is wider than its window: nobody scrolls sideways at 0. */
export const findOverflow = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const root = document.documentElement
    return Math.max(0, root.scrollWidth - root.clientWidth)
  })
