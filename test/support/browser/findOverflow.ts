import type { Page } from 'playwright-core'

/** Returns by how many pixels a page is wider than its window; at 0 it does not scroll sideways. */
export const findOverflow = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const root = document.documentElement
    return Math.max(0, root.scrollWidth - root.clientWidth)
  })
