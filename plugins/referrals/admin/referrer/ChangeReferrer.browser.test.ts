import type { Page } from 'playwright-core'

import { untilQuiet } from '../../../../test/support/browser/untilQuiet.ts'
import { chooseLooks } from '../../../../test/support/browser/chooseLooks.ts'
import { useBrowser } from '../../../../test/support/browser/useBrowser.ts'

const ADMIN = 'admin@example.in'

type Member = { id: string; inviteCode: string; referredBy: string | null }

const { signedIn } = useBrowser()

/** Sends a request from the page, because the session is valid only for requests of the site. */
const member = (page: Page, name: string): Promise<Member> =>
  page.evaluate(async (wanted) => {
    const answer = await fetch(`/api/users?where[name][equals]=${wanted}`)
    const { docs } = (await answer.json()) as { docs: [Member] }
    return docs[0]
  }, name)
const open = async (page: Page, name: string): Promise<Member> => {
  const found = await member(page, name)
  await page.goto(`/admin/collections/users/${found.id}`)
  await page.locator('#field-name').waitFor()
  await untilQuiet(page)
  return found
}
const button = (page: Page) => page.getByRole('button', { name: 'Change referrer…' })
const referrerShown = (page: Page) => page.locator('#field-referredBy .rs__single-value')
const search = async (page: Page, text: string, name: string) => {
  await page.locator('.t-dialog .rs__control').click()
  await page.locator('#field-referrer').fill(text)
  await page.locator('.t-dialog .rs__option', { hasText: name }).click()
}

describe('the referrer of a member', () => {
  it('is changed to a member found by invite code, and then removed', async () => {
    const { page } = await signedIn(ADMIN)
    const farida = await member(page, 'Farida Contractor')
    await open(page, 'Harpreet Singh')
    await button(page).click()
    const dialog = page.getByRole('dialog', { name: 'Who referred Harpreet Singh?' })
    await search(page, farida.inviteCode, 'farida.contractor@example.in')
    await page.locator('#field-referrerReason').fill('code was read out wrong on the phone')
    await dialog.getByRole('button', { name: 'Make Farida Contractor the referrer' }).click()
    await page.getByText('Farida Contractor is the referrer now.').waitFor()
    await referrerShown(page).getByText('Farida Contractor').waitFor()
    expect((await member(page, 'Harpreet Singh')).referredBy).toBe(farida.id)

    await button(page).click()
    await search(page, '', 'No referrer')
    await page.locator('#field-referrerReason').fill('it was a registration without a code')
    await dialog.getByRole('button', { name: 'Remove the referrer' }).click()
    await page.getByText('The referrer is removed.').waitFor()
    await referrerShown(page).waitFor({ state: 'detached' })
    expect((await member(page, 'Harpreet Singh')).referredBy).toBeNull()
  })

  it('is not changed without a choice, and a refusal keeps the typed reason', async () => {
    const { page } = await signedIn(ADMIN)
    const before = await open(page, 'Lakshmi Narayanan')
    await button(page).click()
    const confirm = page.locator('#change-referrer-dialog-confirm')
    expect(await confirm.isDisabled()).toBe(true)
    await search(page, 'Suresh', 'Suresh Rao')
    await page.locator('#field-referrerReason').fill('no')
    await confirm.click()
    await page.getByText('Give a reason of 5 to 500 characters.').waitFor()
    expect(await page.locator('#field-referrerReason').inputValue()).toBe('no')
    expect((await member(page, 'Lakshmi Narayanan')).referredBy).toBe(before.referredBy)
  })

  it('cannot be a member whom they referred: the panel shows the refusal', async () => {
    const { page } = await signedIn(ADMIN)
    await open(page, 'Farida Contractor')
    await button(page).click()
    await search(page, 'bhavesh.patel@', 'Bhavesh Patel')
    await page.locator('#field-referrerReason').fill('a loop, by mistake')
    await page.locator('#change-referrer-dialog-confirm').click()
    await page.getByText('This member would have referred themselves.').waitFor()
  })

  it('cannot be changed while the form has unsaved changes, and by admins only', async () => {
    const { page } = await signedIn(ADMIN)
    await open(page, 'Deepa Menon')
    await page.locator('#field-name').fill('Deepa M.')
    await page.getByText('Save your changes first.').waitFor()
    expect(await button(page).isDisabled()).toBe(true)
    for (const role of ['finance', 'support']) {
      const { page: other } = await signedIn(`${role}@example.in`)
      await open(other, 'Deepa Menon')
      expect(await button(other).count()).toBe(0)
    }
  })
})

describe.each(chooseLooks())('in %s, %i px wide', (theme, width) => {
  it('the dialog loads without console errors and without horizontal scrolling', async () => {
    const { complaints, page, picture } = await signedIn(ADMIN, { theme, width })
    await open(page, 'Rohan Deshmukh')
    await picture('referrer-button')
    await button(page).focus()
    await page.keyboard.press('Enter')
    await page.locator('#field-referrer').fill('rao')
    await page.locator('.t-dialog .rs__option', { hasText: 'Suresh Rao' }).waitFor()
    expect(await page.locator('.t-dialog .rs__option').count()).toBe(2)
    await picture('referrer-search')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Make Kavita Rao the referrer' }).waitFor()
    await page.locator('#field-referrerReason').fill('code was read out wrong on the phone')
    await picture('referrer-chosen')
    expect(
      await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      ),
    ).toBe(false)
    expect(complaints).toEqual([])
  })
})
