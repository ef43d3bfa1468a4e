import { randomUUID } from 'node:crypto'

import type { Page } from 'playwright-core'

import { inheritedEnv } from '../../../src/config/env.ts'
import { freePort } from '../../../src/server/postgres/freePort.ts'
import {
  type SpawnedSimulator,
  spawnSimulator,
} from '../../../src/server/processes/spawnSimulator.ts'
import { type SpawnedWeb, spawnWeb } from '../../../src/server/processes/spawnWeb.ts'
import { chooseLooks } from '../../../test/support/browser/chooseLooks.ts'
import { findOverflow } from '../../../test/support/browser/findOverflow.ts'
import { openWithdrawals } from '../../../test/support/browser/insertWithdrawals.ts'
import { untilQuiet } from '../../../test/support/browser/untilQuiet.ts'
import { useBrowser } from '../../../test/support/browser/useBrowser.ts'
import { setPayoutRules } from '../../../test/support/payoutFactories.ts'

const ADMIN = 'admin@example.in'
const FINANCE = 'finance@example.in'
const SUPPORT = 'support@example.in'
const MEMBER = 'ananya.iyer@example.in'

const browser = useBrowser()
const { sql } = browser
const { BROWSER_DATABASE_URL = '', BROWSER_SECRET = '' } = inheritedEnv()
const withdrawals = openWithdrawals(sql, BROWSER_SECRET)

/** A web process of its own, which can look payments up at the simulated bank. */
let simulator: SpawnedSimulator | undefined
let web: SpawnedWeb | undefined
beforeAll(async () => {
  await setPayoutRules({ sql }, [
    { four_eyes_above_minor: 1_000_000, fee_fixed_minor: 500 },
    { kind: 'bank-in', driver: 'bank-file', bank_profile: 'Generic CSV' },
  ])
  // A person approves no request that is older than their account.
  await sql(`update users set created_at = now() - interval '300 days' where role <> 'member'`)
  simulator = await spawnSimulator()
  web = spawnWeb(await freePort(), {
    DATABASE_URL: BROWSER_DATABASE_URL,
    PAYLOAD_SECRET: BROWSER_SECRET,
    RATE_LIMITS: 'off',
    SIMULATED_BANK_API_KEY: 'a-key-of-the-simulator',
    SIMULATED_BANK_BASE_URL: `${simulator.url}/simulated-bank`,
  })
  await web.untilReady()
}, 120_000)
afterAll(async () => {
  await web?.stop()
  await simulator?.stop()
})

type Look = { theme?: 'dark' | 'light'; width?: number }
const signedIn = (email: string, look: Look = {}) =>
  browser.signedIn(email, { ...look, baseUrl: web?.baseUrl ?? '' })

/** A name that the filter finds alone. */
const nameOf = (name: string): string => `${name} ${randomUUID().slice(0, 6)}`
const open = async (page: Page, query: Record<string, string>) => {
  await page.goto(`/admin/withdrawals?${new URLSearchParams(query).toString()}`)
  await page.getByRole('heading', { name: 'Withdrawals', level: 1 }).waitFor()
  await untilQuiet(page)
}
const rowOf = (page: Page, text: string) =>
  page.locator('.t-desk__table tbody tr', { hasText: text })
const statusOf = async (id: string): Promise<string> => {
  const [row] = await sql<{ status: string }>('select status from withdrawals where id = $1', [id])
  return row?.status ?? ''
}

describe('the withdrawal desk', () => {
  it('two people approve a large withdrawal by keyboard', async () => {
    const name = nameOf('Farida Contractor')
    const { id } = await withdrawals.request({ name, amountMinor: 1_500_000, approvalsNeeded: 2 })
    const first = await signedIn(ADMIN)
    await open(first.page, { text: name })
    expect(await rowOf(first.page, name).innerText()).toContain('Two people approve it')
    await first.page.keyboard.press('j')
    await first.page.keyboard.press('a')
    const dialog = first.page.getByRole('dialog')
    await dialog.getByRole('heading', { name: 'Approve 1 withdrawal, ₹15,000.00?' }).waitFor()
    await untilQuiet(first.page)
    await first.page.keyboard.press('Enter')
    await first.page.getByText('a second person approves as well').waitFor()
    expect(await statusOf(id)).toBe('requested')

    const second = await signedIn(FINANCE)
    await open(second.page, { text: name })
    expect(await rowOf(second.page, name).innerText()).toContain(
      '1 of 2 approved, you can be the second',
    )
    await second.page.keyboard.press('j')
    await second.page.keyboard.press('a')
    await second.page.getByRole('dialog').waitFor()
    await untilQuiet(second.page)
    await second.page.keyboard.press('Enter')
    await second.page.getByText('1 withdrawal approved.').waitFor()
    await second.page.getByText('No withdrawal of this state matches the filter.').waitFor()
    expect(await statusOf(id)).toBe('approved')
  })

  it('a hold takes a reason, an owner and a date, and is lifted with a reason', async () => {
    const name = nameOf('Held Member')
    const { id } = await withdrawals.request({ name })
    const { page } = await signedIn(FINANCE)
    await open(page, { text: name })
    await page.keyboard.press('j')
    await page.keyboard.press('h')
    const hold = page.getByRole('dialog')
    await hold.waitFor()
    await untilQuiet(page)
    await page.keyboard.type('the account looks odd')
    await hold.getByLabel('Owner').selectOption({ label: 'Meera Nair' })
    await hold.getByRole('button', { name: 'Hold it' }).click()
    await page.getByText(': on hold.').waitFor()
    expect(await statusOf(id)).toBe('on-hold')

    // Another person than who set it, and no admin, cannot lift it; who set it can.
    await open(page, { tab: 'on-hold', text: name, open: id })
    expect(await rowOf(page, name).innerText()).toContain('Owner: Meera Nair')
    await page.getByRole('button', { name: /Lift the hold/ }).click()
    await page.getByRole('dialog').getByLabel('Reason').fill('the account was checked')
    await page.getByRole('button', { name: 'Lift the hold', exact: true }).click()
    await page.getByText('waits for its approvals again.').last().waitFor()
    expect(await statusOf(id)).toBe('requested')
  })

  it('a rejection gives the money back and names the reason', async () => {
    const name = nameOf('Rejected Member')
    const { id } = await withdrawals.request({ name })
    const { page } = await signedIn(FINANCE)
    await open(page, { text: name })
    await page.keyboard.press('j')
    await page.keyboard.press('r')
    await page.getByRole('dialog').waitFor()
    await untilQuiet(page)
    await page.keyboard.type('another person’s account')
    await page.getByRole('button', { name: 'Reject ₹600.00' }).click()
    await page.getByText('₹600.00 is available to').waitFor()
    expect(await statusOf(id)).toBe('rejected')
  })

  it('what is selected is approved at once, after its count and total were confirmed', async () => {
    const name = nameOf('Bulk Member')
    const ids = []
    for (const amountMinor of [10_000, 20_000, 30_000]) {
      ids.push((await withdrawals.request({ name, amountMinor })).id)
    }
    const { page } = await signedIn(FINANCE)
    await open(page, { text: name })
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('1 withdrawal, ₹').first().waitFor()
    await page.getByLabel('Select all on this page').check()
    await page.getByText('3 withdrawals, ₹600.00 selected').waitFor()
    await page.getByRole('button', { name: 'Approve 3 withdrawals, ₹600.00…' }).click()
    await page.getByRole('heading', { name: 'Approve 3 withdrawals, ₹600.00?' }).waitFor()
    await page.getByRole('button', { name: 'Approve 3 withdrawals, ₹600.00', exact: true }).click()
    await page.getByText('3 withdrawals approved.').waitFor()
    expect(await Promise.all(ids.map(statusOf))).toEqual(['approved', 'approved', 'approved'])
  })

  it('an amount that changed since is not approved, and the reason is shown', async () => {
    const name = nameOf('Changed Member')
    const { id } = await withdrawals.request({ name })
    const { page } = await signedIn(FINANCE)
    await open(page, { text: name })
    await page.keyboard.press('j')
    await page.keyboard.press('a')
    await page.getByRole('dialog').waitFor()
    await withdrawals.approve({ id }, ADMIN)
    await page.getByRole('button', { name: 'Approve ₹600.00' }).click()
    await page.getByText('does not wait for an approval').first().waitFor()
  })

  it('one in doubt is looked up, and the answer of the provider is shown', async () => {
    const name = nameOf('Doubtful Member')
    const inserted = await withdrawals.request({ name })
    await withdrawals.approve(inserted, ADMIN)
    await withdrawals.doubt(inserted)
    const { page } = await signedIn(FINANCE)
    await open(page, { tab: 'in-doubt', text: name })
    const text = await rowOf(page, name).innerText()
    for (const part of ['2 h', 'No answer came (timeout)', 'In doubt at simulated']) {
      expect(text).toContain(part)
    }
    await page.getByRole('button', { name: `Look up: ${name}` }).click()
    await page.getByText(/the provider has it|paid\. The provider/).waitFor()
    expect(['sent', 'settled']).toContain(await statusOf(inserted.id))
  })

  it('a payment that was reported late is answered by a person who did not approve it', async () => {
    const name = nameOf('Late Member')
    const inserted = await withdrawals.request({ name })
    await withdrawals.approve(inserted, ADMIN)
    await withdrawals.reportLate(inserted, await withdrawals.doubt(inserted))
    const approver = await signedIn(ADMIN)
    await open(approver.page, { tab: 'paid-late', text: name })
    const answer = async (page: Page, found: RegExp) => {
      await page.getByRole('button', { name: /^Answer: / }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(found).check()
      await dialog.getByLabel('Reason').fill('seen in the account of the bank')
      await dialog.getByRole('button', { name: /^Answer: / }).click()
    }
    await answer(approver.page, /It was paid/)
    await approver.page.getByRole('alert').getByText('Another person answers').waitFor()
    const { page } = await signedIn(FINANCE)
    await open(page, { tab: 'paid-late', text: name })
    await answer(page, /It was paid/)
    await page.getByText('answered as paid.').waitFor()
    expect(await statusOf(inserted.id)).toBe('settled')
  })

  it('keys do nothing while a person types, and ? shows them', async () => {
    const name = nameOf('Typed Member')
    await withdrawals.request({ name })
    const { page } = await signedIn(FINANCE)
    await open(page, { text: name })
    await page.keyboard.press('/')
    await page.keyboard.press('End')
    await page.keyboard.type('jaxrh?')
    expect(await page.locator('#desk-search').inputValue()).toBe(`${name}jaxrh?`)
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('heading', { name: 'Keys' }).waitFor()
    await page.keyboard.press('a')
    expect(await page.getByRole('heading', { name: /^Approve/ }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Keys' }).waitFor({ state: 'detached' })
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const detail = page.getByRole('complementary', { name: 'The withdrawal in detail' })
    await detail.waitFor()
    await page.keyboard.press('Escape')
    await detail.waitFor({ state: 'detached' })
  })

  it('support sees the desk and decides nothing, and members find no page', async () => {
    const name = nameOf('Seen Member')
    const { id } = await withdrawals.request({ name })
    const { page } = await signedIn(SUPPORT)
    await open(page, { text: name, open: id })
    await page.getByText('Ask finance to decide.').waitFor()
    expect(await page.getByRole('checkbox').count()).toBe(0)
    await page.keyboard.press('j')
    await page.keyboard.press('a')
    expect(await page.getByRole('dialog').count()).toBe(0)
    const member = await signedIn(MEMBER)
    const answer = await member.page.goto('/admin/withdrawals')
    expect(answer?.url()).not.toContain('/withdrawals?')
    expect(await member.page.getByRole('heading', { name: 'Withdrawals' }).count()).toBe(0)
  })
})

/** A bank file that waits for its answer. */
const insertBatch = () =>
  sql(
    `insert into payout_batches (id, reference, bank_profile, profile, status, count, total_minor,
       currency, pay_date, file_name, sha256, created_by_id, downloaded_at)
     select gen_random_uuid(), $1::text, 'Generic CSV', '{}', 'open', 12, 7140000, 'INR', now(),
       'payout-' || $1::text || '.csv', $2, id, now()
     from users where email = $3`,
    [`B-${randomUUID().slice(0, 8).toUpperCase()}`, 'ab'.repeat(32), ADMIN],
  )

describe.each(chooseLooks())('in %s, %i px wide', (theme, width) => {
  it('the desk, a withdrawal in detail, its dialogs and the bank files fit the window', async () => {
    const name = nameOf('Ananya Iyer')
    const fingerprint = randomUUID()
    await withdrawals.request({ name: `${name} II`, fingerprint, nameMatch: 'partial' })
    const { id } = await withdrawals.request({
      name,
      fingerprint,
      amountMinor: 1_500_000,
      nameMatch: 'mismatch',
      approvalsNeeded: 2,
      hoursAgo: 40,
    })
    const doubtful = await withdrawals.request({ name })
    await withdrawals.approve(doubtful, ADMIN)
    await withdrawals.doubt(doubtful)
    const banked = await withdrawals.request({ name, kind: 'bank-in' })
    await withdrawals.approve(banked, ADMIN)
    const { complaints, page, picture } = await signedIn(FINANCE, { theme, width })
    await open(page, {})
    await picture('desk')
    expect(await findOverflow(page)).toBe(0)
    await open(page, { open: id })
    await picture('desk-detail')
    expect(await findOverflow(page)).toBe(0)
    await page.keyboard.press('h')
    await page.getByRole('dialog').waitFor()
    await picture('desk-hold')
    expect(await findOverflow(page)).toBe(0)
    await open(page, { text: name })
    await page.locator('tbody').getByRole('checkbox').first().check()
    await page.getByText('selected', { exact: false }).waitFor()
    await picture('desk-selection')
    expect(await findOverflow(page)).toBe(0)
    await page
      .getByRole('button', { name: /^Approve/ })
      .last()
      .click()
    await page.getByRole('dialog').waitFor()
    await picture('desk-approve')
    expect(await findOverflow(page)).toBe(0)
    await insertBatch()
    await open(page, { tab: 'bank-files' })
    await page.getByRole('heading', { name: 'Make a bank file' }).waitFor()
    await picture('desk-files')
    expect(await findOverflow(page)).toBe(0)
    for (const tab of ['on-hold', 'to-pay', 'sent', 'in-doubt', 'paid-late', 'done']) {
      await open(page, { tab })
      expect(await findOverflow(page)).toBe(0)
      if (tab === 'in-doubt' || tab === 'to-pay') await picture(`desk-${tab}`)
    }
    expect(complaints).toEqual([])
  })
})
