import { randomUUID } from 'node:crypto'

import type { Page } from 'playwright-core'

import { inheritedEnv } from '../../../src/config/env.ts'
import { findOverflow } from '../../../test/support/browser/findOverflow.ts'
import { chooseLooks } from '../../../test/support/browser/chooseLooks.ts'
import { untilQuiet } from '../../../test/support/browser/untilQuiet.ts'
import { useBrowser } from '../../../test/support/browser/useBrowser.ts'

const ADMIN = 'admin@example.in'
const MEMBER = 'ananya.iyer@example.in'

const { opened, signedIn } = useBrowser()

/** Sends a request from the page, because the session is valid only for requests of the site. */
const fetchIn = <Answer>(page: Page, path: string): Promise<Answer> =>
  page.evaluate(async (url) => (await (await fetch(url)).json()) as Answer, path)
const open = async (page: Page, query = '') => {
  await page.goto(`/admin/messages${query}`)
  await page.getByRole('heading', { name: 'Messages', exact: true }).waitFor()
  await untilQuiet(page)
}
const panel = (page: Page, title: string) =>
  page.locator('.t-panel').filter({ has: page.getByRole('heading', { name: title, exact: true }) })
const choose = async (page: Page, navigation: string, name: string) => {
  const links = page.getByRole('navigation', { name: navigation }).getByRole('link')
  const link = links.filter({ hasText: new RegExp(`^${name}`) })
  await link.click()
  await link.and(page.locator('[aria-current]')).waitFor()
}

describe('the messages', () => {
  it('show the chosen message as e-mail, plain text and SMS', async () => {
    const { page } = await signedIn(ADMIN)
    await open(page)
    expect(await page.locator('.t-templates a').count()).toBeGreaterThanOrEqual(9)
    await choose(page, 'Messages to choose from', 'OTP')
    await page.getByRole('heading', { name: 'OTP', exact: true }).waitFor()
    expect(page.url()).toMatch(/\?template=otp&locale=en$/)
    expect(await panel(page, 'E-mail').innerText()).toContain('Your OTP for Tributary')
    expect(await page.frameLocator('.t-mail').locator('body').innerText()).toContain('402913')
    expect(await panel(page, 'E-mail, plain text part').innerText()).toContain('402913')
    const sms = await panel(page, 'SMS').innerText()
    expect(sms).toContain('Your OTP for Tributary is 402913.')
    expect(sms).toMatch(/Length\s+69 characters\s+Encoding\s+GSM-7\s+Segments\s+1/)
  })

  it('are an admin view in the navigation, beside the queues', async () => {
    const { page } = await signedIn(ADMIN)
    await page.goto('/admin')
    await untilQuiet(page)
    await page.locator('.nav-toggler').first().click()
    const views = page.locator('.nav .nav-group').filter({ hasText: 'Admin views' })
    const names = await views.getByRole('link').allInnerTexts()
    expect(names).toEqual(expect.arrayContaining(['Messages', 'Queues']))
    await views.getByRole('link', { name: 'Messages' }).click()
    await page.waitForURL('**/admin/messages')
    await views.locator('[aria-current]', { hasText: 'Messages' }).waitFor()
  })

  it('are shown in Hindi when chosen, also for the next message and by the link', async () => {
    const { page } = await signedIn(ADMIN)
    await open(page, '?template=otp')
    await choose(page, 'Language', 'Hindi')
    const sms = await panel(page, 'SMS').innerText()
    expect(sms).toContain('Tributary के लिए आपका OTP 402913 है।')
    expect(sms).toContain('UCS-2')
    await choose(page, 'Messages to choose from', 'Commission earned')
    expect(page.url()).toMatch(/\?template=commission-earned&locale=hi$/)
    await page.reload()
    expect(await panel(page, 'E-mail').innerText()).toContain('कमीशन कमाया')
    expect(await page.frameLocator('.t-mail').locator('html').getAttribute('lang')).toBe('hi')
  })

  it('are inert: the frame runs no scripts and its links open nothing', async () => {
    const { page } = await signedIn(ADMIN)
    await open(page, '?template=commission-earned')
    const opened: string[] = []
    page.context().on('page', (other) => opened.push(other.url()))
    page.on('framenavigated', (frame) => opened.push(frame.url()))
    expect(await page.locator('.t-mail').getAttribute('sandbox')).toBe('')
    await page.frameLocator('.t-mail').locator('a').first().click()
    await choose(page, 'Width', 'Phone')
    expect(opened.filter((url) => !url.includes('/admin/messages'))).toEqual([])
    expect((await page.locator('.t-mail').boundingBox())?.width).toBe(390)
  })

  it('show an empty state when the link names an unknown message', async () => {
    const { page } = await signedIn(ADMIN)
    await open(page, '?template=of-yesterday')
    await page.getByText('No such message').waitFor()
    expect(await page.locator('.t-mail').count()).toBe(0)
  })
})

describe('a test', () => {
  it('is queued in the shown language, and links to its notification', async () => {
    const { page } = await signedIn(ADMIN)
    await open(page, '?template=commission-earned&locale=hi')
    const test = panel(page, 'Send a test')
    const address = test.getByLabel('E-mail address')
    expect(await address.inputValue()).toBe(ADMIN)
    const to = `${randomUUID().slice(0, 8)}@tests.example`
    await address.fill(to)
    await test.getByRole('button', { name: 'Send in Hindi' }).click()
    await test.getByText(`In the queue for ${to}.`).waitFor()
    const { docs } = await fetchIn<{ docs: { id: string }[] }>(
      page,
      `/api/notifications?where[to][equals]=${to}`,
    )
    const row = { template: 'commission-earned', channel: 'email', locale: 'hi', lane: 'money' }
    expect(docs).toEqual([expect.objectContaining(row)])
    await test.getByRole('link', { name: 'See its delivery' }).click()
    await page.waitForURL(`**/admin/collections/notifications/${docs[0]?.id ?? ''}`)
    await page.locator('#field-to').waitFor()
    expect(await page.locator('#field-to').inputValue()).toBe(to)
  })

  it('to an invalid number is refused with the reason, and keeps the typed number', async () => {
    const { page } = await signedIn(ADMIN)
    await open(page, '?template=otp')
    const test = panel(page, 'Send a test')
    await test.getByLabel('Channel').selectOption('SMS')
    await test.getByLabel('Phone number').fill('12345')
    await test.getByRole('button', { name: 'Send in English' }).click()
    await test.getByText('Enter a phone number').waitFor()
    expect(await test.innerText()).toContain('messaging.invalid-address')
    expect(await test.getByLabel('Phone number').inputValue()).toBe('12345')
    expect(await test.getByRole('link').count()).toBe(0)
  })
})

describe('access to the messages', () => {
  it('strangers sign in first and then see the linked message', async () => {
    const { page } = await opened()
    await page.goto('/admin/messages?template=otp&locale=hi')
    await page.waitForURL(/\/admin\/login\?redirect=%2Fadmin%2Fmessages%3Ftemplate%3Dotp/)
    await page.locator('#field-email').fill(ADMIN)
    await page.locator('#field-password').fill(inheritedEnv().BROWSER_PASSWORD ?? '')
    await page.locator('button[type=submit]').click()
    await page.waitForURL('**/admin/messages?template=otp&locale=hi')
    await page.getByRole('heading', { name: 'OTP', exact: true }).waitFor()
  })

  it('members get 404', async () => {
    const { page } = await signedIn(MEMBER)
    const answer = await page.goto('/admin/messages')
    expect(answer?.status()).toBe(404)
    await untilQuiet(page)
    expect(await page.locator('body').innerText()).not.toMatch(/Send a test|Ask an admin/)
  })

  it.each(['finance@example.in', 'support@example.in'])(
    '%s sees a hint to ask an admin',
    async (email) => {
      const { page } = await signedIn(email)
      await page.goto('/admin/messages')
      await page.getByText('Ask an admin').waitFor()
      expect(await page.locator('body').innerText()).not.toContain('Send a test')
      expect(await page.getByRole('link', { name: 'Messages', exact: true }).count()).toBe(0)
    },
  )
})

describe.each(chooseLooks())('in %s, %i px wide', (theme, width) => {
  it('loads without console errors and without horizontal scrolling', async () => {
    const { complaints, page, picture } = await signedIn(ADMIN, { theme, width })
    await open(page, '?template=cashback-credited')
    await page.locator('.t-mail').scrollIntoViewIfNeeded()
    await picture('messages-english')
    await open(page, '?template=otp&locale=hi')
    await page.locator('.t-mail').scrollIntoViewIfNeeded()
    await picture('messages-hindi')
    expect(await findOverflow(page)).toBe(0)
    await open(page, '?template=plain-email&width=phone')
    await page.getByRole('button', { name: 'Send in English' }).click()
    await page.getByText('In the queue for').waitFor()
    await picture('messages-sent')
    expect(await findOverflow(page)).toBe(0)
    expect(complaints).toEqual([])
  })
})
