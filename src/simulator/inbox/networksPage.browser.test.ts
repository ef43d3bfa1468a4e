import type { Browser } from 'playwright-core'

import { chooseLooks } from '../../../test/support/browser/chooseLooks.ts'
import { openBrowser, openWindow } from '../../../test/support/browser/openBrowser.ts'
import { startReceiver } from '../../../test/support/startReceiver.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'

const inr = (saleMinor: number, commissionMinor: number) => ({
  saleMinor,
  commissionMinor,
  currency: 'INR',
})
const clickId = 'clk01JD3Z8Q6M2V5T9XK4R7W0AB'

/** One example of everything that the page can show. */
const orders = [
  {
    order: 'EF-100234',
    network: 'admitad',
    clickId,
    timeline: [
      { day: 0, status: 'pending', ...inr(249_900, 12_495) },
      { day: 45, status: 'approved' },
      { day: 70, status: 'paid' },
    ],
  },
  {
    order: 'EF-100234-return',
    network: 'admitad',
    clickId,
    reversalOf: 'EF-100234',
    timeline: [{ day: 9, status: 'declined', ...inr(-50_000, -2_500) }],
  },
  {
    order: 'H-7781',
    network: 'admitad',
    merchant: 'Example Hosting and Domains of the Whole World',
    timeline: [{ day: 3, status: 'on_review_2', ...inr(5_880, 1_470), currency: 'USD' }],
  },
  {
    order: 'VC-88121',
    network: 'vcommission',
    clickId,
    timeline: [{ day: 60, status: 'pending', ...inr(200_000, 9_650) }],
  },
  {
    order: 'EM-555',
    network: 'cuelinks',
    clickId,
    timeline: [
      { day: 1, status: 'confirmed', ...inr(17_990_000, 719_600) },
      { day: 80, status: 'approved' },
    ],
  },
]

describe('the networks page in a browser', () => {
  const simulator = useSimulator()
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  it.each(chooseLooks())(
    'follows the clock without a reload: %s, %i wide',
    async (theme, width) => {
      const receiver = await startReceiver()
      const startAt = '2026-10-01T06:00:00Z'
      await simulator.control('/clock', { now: '2026-10-15T06:00:00Z', isTicking: false })
      await simulator.control('/orders', { orders, startAt })
      await simulator.control('/orders/generate', {
        network: 'vcommission',
        count: 1_000_000,
        from: '2026-01-01T00:00:00Z',
        to: '2026-10-01T00:00:00Z',
        status: 'approved',
      })
      const postback = { network: 'cuelinks', order: 'EM-555', url: receiver.url }
      await simulator.control('/postback', postback)
      await simulator.get('/cuelinks/api/v2/transactions.json', { authorization: 'Bearer any' })
      const { complaints, page, picture } = await openWindow(browser, {
        baseUrl: simulator.url(),
        theme,
        width,
      })
      await page.goto('/')
      await page.getByRole('link', { name: 'Networks' }).click()
      const row = page.locator('#orders tr', { hasText: 'EF-100234' }).last()
      await row.getByText('pending').waitFor()
      await picture('simulator-networks')
      expect(await page.getByText('not reported yet').count()).toBe(1)

      await page.getByRole('button', { name: '+30 days' }).click()
      await page.waitForURL('**/networks')
      await simulator.control('/clock', { advanceMs: 5 * 86_400_000 })
      await row.locator('.mark.is-approved').waitFor()
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow).toBe(0)
      expect(complaints).toEqual([])
      receiver.close()
    },
  )
})
