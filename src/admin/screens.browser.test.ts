import type { Page } from 'playwright-core'

import { findOverflow } from '../../test/support/browser/findOverflow.ts'
import { chooseLooks } from '../../test/support/browser/chooseLooks.ts'
import { untilQuiet } from '../../test/support/browser/untilQuiet.ts'
import { useBrowser } from '../../test/support/browser/useBrowser.ts'

const ADMIN = 'admin@example.in'
const SUPPORT = 'support@example.in'
const MEMBER = 'ananya.iyer@example.in'

const { opened, signedIn } = useBrowser()
/** The paths of the demo's cases. */
let screens: Record<'partly' | 'pending' | 'skipped' | 'statement' | 'transfer', string>
beforeAll(async () => {
  const { page } = await signedIn(ADMIN)
  const payment = async (reference: string) =>
    firstOf(page, `/api/payments?where[reference][equals]=${reference}`)
  const id = await payment('PAY-1006')
  const transfer = await firstOf(page, `/api/wallet-transactions?where[payment][equals]=${id}`)
  screens = {
    partly: `/admin/collections/payments/${id}/explain`,
    skipped: `/admin/collections/payments/${await payment('PAY-1005')}/explain`,
    pending: `/admin/collections/payments/${await payment('PAY-1012')}/explain`,
    transfer: `/admin/collections/wallet-transactions/${transfer}/explain`,
    statement: `/admin/collections/users/${await firstOf(page, `/api/users?where[email][equals]=${MEMBER}`)}/statement`,
  }
})

/** Sends a request from the page, because the session is valid only for requests of the site. */
const firstOf = (page: Page, path: string): Promise<string> =>
  page.evaluate(async (url) => {
    const answer = (await (await fetch(url)).json()) as { docs: { id: string }[] }
    return answer.docs[0]?.id ?? ''
  }, path)
const readAt = async (page: Page, path: string): Promise<string> => {
  await page.goto(path)
  // A busy machine is quiet on the network before anything is drawn.
  await page.locator('body', { hasText: /\S/ }).waitFor()
  await untilQuiet(page)
  return page.locator('body').innerText()
}

describe('our own screens', () => {
  it('show nothing to strangers and members', async () => {
    const { page: strange } = await opened()
    const { page: member } = await signedIn(MEMBER)
    for (const page of [strange, member]) {
      for (const path of [...Object.values(screens), '/admin', '/admin/globals/affiliation-config'])
        expect(await readAt(page, path)).not.toMatch(
          /checks|current amount|What it costs|Owed to members|Adds up/,
        )
    }
  })

  it('refer support to finance, and show no action', async () => {
    const { page } = await signedIn(SUPPORT)
    const text = await readAt(page, screens.skipped)
    expect(text).toContain(
      'Suresh Rao was not paid: both accounts use, or have used, the same phone',
    )
    expect(text).toContain('Ask finance, and quote PAY-1005 and same-phone.')
    expect(await page.locator('.t-page a[href*="adjustments"]').count()).toBe(0)
  })

  it('open from the tab of the document, which is named in the breadcrumb', async () => {
    const { page } = await signedIn(ADMIN)
    await page.goto(screens.partly.replace('/explain', ''))
    await page.locator('.doc-tab', { hasText: 'Explain' }).click()
    await page.locator('.t-decision').waitFor()
    expect(await page.locator('.t-decision').innerText()).toContain('current amount')
    expect(await page.locator('.step-nav').innerText()).toContain('Explain')
  })

  it('compute the examples from the draft before it is saved', async () => {
    const { page } = await signedIn(ADMIN)
    await page.goto('/admin/globals/affiliation-config')
    const examples = page.locator('.t-examples')
    await examples.locator('tbody tr').first().waitFor()
    expect(await examples.innerText()).not.toContain('Draft')
    await page.locator('#field-rateBps').fill('20')
    await page.locator('#field-currencies__0__maxCommissionMinor').fill('1,000')
    await examples.getByText('Draft, 20.00 %').waitFor()
    const [, second, , fourth] = await examples.locator('tbody tr').allInnerTexts()
    expect(second).toMatch(/₹1,000\.00\s+₹[\d.]+\s+₹200\.00/)
    expect(fourth).toMatch(/capped ₹1,000\.00$/)
  })

  it('warn before a change of the period discards the draft', async () => {
    const { page } = await signedIn(ADMIN)
    await page.goto('/admin/globals/affiliation-config')
    await page.locator('#field-rateBps').fill('33')
    await page.locator('.t-cost a', { hasText: '90 days' }).click()
    await page.locator('#leave-without-saving').waitFor()
    expect(await page.locator('#field-rateBps').inputValue()).toBe('33.00')
  })

  it('show the statement of the URL, and download it as a file', async () => {
    const { page } = await signedIn(SUPPORT)
    expect(await readAt(page, screens.statement)).toContain('Adds up.')
    await page.locator('.t-wallet', { hasText: 'USD available' }).click()
    await page.waitForURL('**/statement?currency=USD&kind=available')
    await page.locator('.t-wallet--selected', { hasText: 'USD' }).waitFor()
    await page.locator('[name=transferKind]').selectOption('commission')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL('**transferKind=commission**')
    expect(await page.locator('.t-ledger').innerText()).toContain('$14.50')
    const file = page.waitForEvent('download')
    await page.locator('a', { hasText: 'CSV' }).click()
    expect((await file).suggestedFilename()).toBe('statement-USD-available.csv')
  })

  it('keep the period and the currency in the URL', async () => {
    const { page } = await signedIn(ADMIN)
    await page.goto('/admin/globals/affiliation-config?period=90&currency=USD')
    const cost = page.locator('.t-cost')
    await cost.waitFor()
    expect(await cost.locator('[aria-current]').allInnerTexts()).toEqual(['90 days', 'USD'])
    await cost.locator('a', { hasText: '365 days' }).click()
    await page.waitForURL('**/affiliation-config?period=365&currency=USD')
    expect(await cost.innerText()).toContain('$')
  })
})

describe.each(chooseLooks())('in %s, %i px wide', (theme, width) => {
  it('our screens load without console errors and without horizontal scrolling', async () => {
    const { complaints, page, picture } = await signedIn(ADMIN, { theme, width })
    for (const [name, path] of Object.entries(screens)) {
      await page.goto(path)
      await page.locator('.t-page > *').first().waitFor()
      await picture(name)
      expect(await findOverflow(page)).toBe(0)
    }
    for (const [name, path] of Object.entries({
      dashboard: '/admin',
      cost: '/admin/globals/affiliation-config',
    })) {
      await page.goto(path)
      await page.locator('.t-panel').first().waitFor()
      await picture(name)
      expect(await findOverflow(page)).toBe(0)
    }
    expect(complaints).toEqual([])
  })
})
