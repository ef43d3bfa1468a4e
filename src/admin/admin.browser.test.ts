import type { Page } from 'playwright-core'

import { inheritedEnv } from '../config/env.ts'
import { untilQuiet } from '../../test/support/browser/untilQuiet.ts'
import { chooseLooks } from '../../test/support/browser/chooseLooks.ts'
import { useBrowser } from '../../test/support/browser/useBrowser.ts'

const { BROWSER_PASSWORD: password = '', BROWSER_URL_EMPTY: emptyUrl = '' } = inheritedEnv()
const ADMIN = 'admin@example.in'
const MEMBER = 'ananya.iyer@example.in'

const { opened, signedIn } = useBrowser()

/** Signs in with the form; other tests sign in by the API. */
const submitForm = async (page: Page, typed: string): Promise<void> => {
  await page.locator('#field-email').fill(ADMIN)
  await page.locator('#field-password').fill(typed)
  await page.locator('button[type=submit]').click()
}

describe('access to the admin panel', () => {
  it('a stranger is sent to sign in', async () => {
    const { page } = await opened()
    await page.goto('/admin/collections/payments')
    await page.waitForURL('**/admin/login**')
    expect(await page.locator('#field-password').count()).toBe(1)
  })

  it('an admin signs in with the form, which refuses a wrong password', async () => {
    const { page } = await opened()
    await page.goto('/admin/login')
    await submitForm(page, 'not-the-password')
    await page.getByText('The email or password provided is incorrect.').waitFor()
    await submitForm(page, password)
    await page.waitForURL(/\/admin\/?$/)
    await page.locator('.dashboard').first().waitFor()
  })

  it('a member is refused and sees no money', async () => {
    const { page } = await signedIn(MEMBER)
    for (const path of [
      '/admin',
      '/admin/collections/payments',
      '/admin/globals/affiliation-config',
    ]) {
      await page.goto(path)
      await page.locator('body', { hasText: /unauthorized|not allowed|log ?in/i }).waitFor()
      await untilQuiet(page)
      const text = await page.locator('body').innerText()
      expect(text).not.toContain('PAY-1001')
      expect(text).not.toContain('Wallet transactions')
    }
  })

  it('on an empty database a visitor cannot create the first admin', async () => {
    const { page } = await opened({ baseUrl: emptyUrl })
    await page.goto('/admin')
    await page.getByText('tributary user create-admin').waitFor()
    expect(await page.locator('input').count()).toBe(0)
  })
})

describe('the fields and cells', () => {
  it('money is written with its sign, lakhs and two decimals, and a status is a pill', async () => {
    const { page } = await signedIn(ADMIN)
    await page.goto('/admin/collections/payments?limit=50')
    const row = page.locator('tr', { hasText: 'PAY-1001' })
    await row.waitFor()
    expect(await row.innerText()).toContain('₹1,23,456.78')
    expect(await row.locator('.t-pill--done').innerText()).toBe('Completed')
  })

  it('a transfer names its wallets', async () => {
    const { page } = await signedIn(ADMIN)
    // Other tests add newer transfers to the list.
    await page.goto('/admin/collections/wallet-transactions?where[amountMinor][equals]=1234568')
    const row = page.locator('tr', { hasText: '₹12,345.68' })
    await row.first().waitFor()
    const text = await row.first().innerText()
    expect(text).toContain('Commission expense')
    expect(text).toContain('Ananya Iyer, available')
  })

  it('a percentage is typed as a percentage and stored in basis points', async () => {
    const { page } = await signedIn(ADMIN)
    await page.goto('/admin/globals/affiliation-config')
    const rate = page.locator('#field-rateBps')
    await rate.waitFor()
    // Other tests may have changed the value, so only its format is checked.
    expect(await rate.inputValue()).toMatch(/^\d+\.\d\d$/)
    // A lower rate takes effect at once; a higher one waits for a second admin.
    await rate.fill('1.23')
    const saved = page.waitForResponse(
      (response) =>
        response.url().includes('/api/globals/affiliation-config') &&
        response.request().method() === 'POST',
    )
    await page.locator('#action-save').click()
    const answer = (await (await saved).json()) as { result: { rateBps: number } }
    expect(answer.result).toMatchObject({ rateBps: 123 })
  })

  it('an amount is typed as money and stored in minor units', async () => {
    const { page } = await signedIn(ADMIN)
    await page.goto('/admin/collections/adjustments/create')
    const amount = page.locator('#field-amountMinor')
    await amount.waitFor()
    await amount.fill('1,00,000.50')
    await page.locator('#field-reason').fill('typed by hand')
    await page.locator('#field-member input').fill('Rohan')
    await page.locator('.rs__option', { hasText: 'Rohan' }).first().click()
    const saved = page.waitForResponse(
      (response) =>
        response.url().includes('/api/adjustments') &&
        response.request().method() === 'POST' &&
        !response.url().includes('limit'),
    )
    await page.locator('#action-save').click()
    const answer = (await (await saved).json()) as { doc: { amountMinor: number } }
    expect(answer.doc.amountMinor).toBe(10_000_050)
  })

  it('payments and refunds are for reading: an admin finds no button to make or save one', async () => {
    const { page } = await signedIn(ADMIN)
    for (const slug of ['payments', 'refunds']) {
      await page.goto(`/admin/collections/${slug}`)
      await page.locator('tbody tr').first().waitFor()
      expect(await page.locator(`a[href*="${slug}/create"]`).count()).toBe(0)
    }
    await page.goto('/admin/collections/payments?limit=50')
    await page.locator('a', { hasText: 'PAY-1001' }).click()
    await page.locator('#field-reference').waitFor()
    expect(await page.locator('#field-reference').isDisabled()).toBe(true)
    expect(await page.locator('#field-amountMinor').isDisabled()).toBe(true)
    expect(await page.locator('#action-save').count()).toBe(0)
  })
})

describe.each(chooseLooks())('in %s, %i px wide', (theme, width) => {
  it('the screens load without console errors', async () => {
    const { complaints, page, picture } = await opened({ theme, width })
    await page.goto('/admin/login')
    await picture('login')
    await submitForm(page, password)
    await page.waitForURL(/\/admin\/?$/)
    const screens = {
      overview: '/admin',
      users: '/admin/collections/users',
      payments: '/admin/collections/payments',
      commissions: '/admin/collections/commissions',
      wallets: '/admin/collections/wallets',
      'wallet-transactions': '/admin/collections/wallet-transactions',
      'affiliation-config': '/admin/globals/affiliation-config',
    }
    for (const [name, path] of Object.entries(screens)) {
      await page.goto(path)
      await page.locator('h1, .dashboard').first().waitFor()
      await picture(name)
    }
    await page.goto('/admin/collections/payments?limit=50')
    await page.locator('a', { hasText: 'PAY-1001' }).click()
    await page.locator('#field-reference').waitFor()
    await picture('payment')
    expect(complaints).toEqual([])
  })
})
