import type { Page } from 'playwright-core'

import { type Window } from '../../../../test/support/browser/openBrowser.ts'
import { findOverflow } from '../../../../test/support/browser/findOverflow.ts'
import { chooseLooks } from '../../../../test/support/browser/chooseLooks.ts'
import { untilQuiet } from '../../../../test/support/browser/untilQuiet.ts'
import { useBrowser } from '../../../../test/support/browser/useBrowser.ts'

const ADMIN = 'admin@example.in'
const FINANCE = 'finance@example.in'
const SUPPORT = 'support@example.in'
const MEMBER = 'Jaspreet Gill'

const { signedIn } = useBrowser()
let finance: Window
let member: string
beforeAll(async () => {
  finance = await signedIn(FINANCE)
  const found = await fetchIn<{ docs: { id: string }[] }>(
    finance.page,
    `/api/users?where[name][equals]=${MEMBER}`,
  )
  member = found.docs[0]?.id ?? ''
})

/** Sends a request from the page, because the session is valid only for requests of the site. */
const fetchIn = <Answer>(page: Page, path: string, body?: object): Promise<Answer> =>
  page.evaluate(
    async ([url, sent]) => {
      const headers = { 'Content-Type': 'application/json' }
      const answer = await fetch(url, sent ? { method: 'POST', headers, body: sent } : {})
      return (await answer.json()) as Answer
    },
    [path, body ? JSON.stringify(body) : ''] as const,
  )
/** Finance requests an adjustment that needs a second person. Returns its page. */
const request = async (over: object = {}): Promise<string> => {
  const { doc } = await fetchIn<{ doc: { id: string } }>(finance.page, '/api/adjustments', {
    member,
    effect: 'credit',
    amountMinor: 650_000,
    currency: 'INR',
    reason: 'double charge of 12 November',
    ...over,
  })
  return `/admin/collections/adjustments/${doc.id}`
}
const balance = async (): Promise<number> => {
  const { docs } = await fetchIn<{ docs: { balanceMinor: number }[] }>(
    finance.page,
    `/api/wallets?where[owner][equals]=${member}&where[currency][equals]=INR&where[kind][equals]=available`,
  )
  return docs[0]?.balanceMinor ?? 0
}
const open = async (page: Page, path: string) => {
  await page.goto(path)
  await page.locator('#field-reason').waitFor()
  await untilQuiet(page)
}
const approveButton = (page: Page) => page.getByRole('button', { name: 'Approve…' })
const statusOf = (page: Page) => page.locator('#field-status .rs__single-value')

describe('a pending adjustment', () => {
  it('that finance creates waits for a second person, who approves it in the panel', async () => {
    const before = await balance()
    const { page } = finance
    await page.goto('/admin/collections/adjustments/create')
    await page.locator('#field-member input').fill(MEMBER)
    await page.locator('.rs__option', { hasText: MEMBER }).click()
    await page.locator('#field-amountMinor').fill('6,500')
    await page.locator('#field-reason').fill('double charge of 12 November')
    expect(await page.getByText('Waits for a second person').count()).toBe(0)
    await page.locator('#action-save').click()
    await page.getByText('Waits for a second person').waitFor()
    expect(await approveButton(page).count()).toBe(0)
    const path = new URL(page.url()).pathname

    const { page: admin } = await signedIn(ADMIN)
    await open(admin, path)
    await approveButton(admin).click()
    const dialog = admin.getByRole('dialog', { name: `Pay ₹6,500.00 to ${MEMBER}?` })
    await dialog.waitFor()
    expect(await dialog.innerText()).toContain(
      `Adds ₹6,500.00 to the available balance of ${MEMBER}, at once.`,
    )
    expect(await dialog.innerText()).toContain(
      'Requested by Arvind Kulkarni: “double charge of 12 November”',
    )
    await dialog.getByRole('button', { name: 'Approve +₹6,500.00' }).click()
    await admin.getByText(`₹6,500.00 paid to the wallet of ${MEMBER}.`).waitFor()
    await approveButton(admin).waitFor({ state: 'detached' })
    await statusOf(admin).getByText('Posted').waitFor()
    expect(await balance()).toBe(before + 650_000)

    await open(page, path)
    expect(await page.getByText('Waits for a second person').count()).toBe(0)
  })

  it('can be rejected by keyboard, moves no money, and has no more actions', async () => {
    const path = await request()
    const before = await balance()
    const { page } = await signedIn(ADMIN)
    await open(page, path)
    const reject = page.getByRole('button', { name: 'Reject…' })
    await reject.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Reject this request?' })
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await statusOf(page).innerText()).toBe('Pending')

    await reject.focus()
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Cancel' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText(`Rejected. The balance of ${MEMBER} stays as it is.`).waitFor()
    await statusOf(page).getByText('Rejected').waitFor()
    expect(await page.getByRole('button', { name: /…$/ }).count()).toBe(0)
    expect(await balance()).toBe(before)
  })

  it('that cannot be posted shows the reason and stays pending', async () => {
    const path = await request({ effect: 'debit', amountMinor: 9_000_000_00 })
    const { page } = await signedIn(ADMIN)
    await open(page, path)
    await approveButton(page).click()
    await page.getByRole('button', { name: 'Approve −₹90,00,000.00' }).click()
    await page
      .getByText('The wallet does not hold that much. (wallet.insufficient-funds)')
      .waitFor()
    expect(await statusOf(page).innerText()).toBe('Pending')
    expect(await approveButton(page).count()).toBe(1)
  })

  it('that another person decided meanwhile shows the refusal and the decision', async () => {
    const path = await request()
    const [{ page }, { page: other }] = [await signedIn(ADMIN), await signedIn(ADMIN)]
    await open(page, path)
    await fetchIn(other, `/api/adjustments/${path.split('/').at(-1) ?? ''}/reject`, {})
    await approveButton(page).click()
    await page.getByRole('button', { name: 'Approve +₹6,500.00' }).click()
    await page.getByText('This adjustment is already decided.').waitFor()
    await statusOf(page).getByText('Rejected').waitFor()
    expect(await approveButton(page).count()).toBe(0)
  })

  it('shows an unknown result when the API does not answer', async () => {
    const path = await request()
    const { page } = await signedIn(ADMIN)
    await open(page, path)
    await page.route('**/approve', (route) => route.abort())
    await approveButton(page).click()
    await page.getByRole('button', { name: 'Approve +₹6,500.00' }).click()
    await page.getByText('No answer came, so the result is unknown.').waitFor()
    expect(await statusOf(page).innerText()).toBe('Pending')
  })

  it('shows no actions to support', async () => {
    const path = await request()
    const { page } = await signedIn(SUPPORT)
    await open(page, path)
    expect(await approveButton(page).count()).toBe(0)
    expect(await page.getByText('Waits for a second person').count()).toBe(0)
  })
})

describe.each(chooseLooks())('in %s, %i px wide', (theme, width) => {
  it('loads without console errors and without horizontal scrolling', async () => {
    const { complaints, page, picture } = await signedIn(ADMIN, { theme, width })
    const credit = await request()
    await open(page, credit)
    await picture('adjustment-pending')
    expect(await findOverflow(page)).toBe(0)
    await approveButton(page).click()
    await page.getByRole('dialog').waitFor()
    await picture('adjustment-approve')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Reject…' }).click()
    await page.getByRole('dialog').waitFor()
    await picture('adjustment-reject')

    await open(page, await request({ effect: 'rebuild', amountMinor: 0 }))
    await approveButton(page).click()
    expect(await page.getByRole('dialog').innerText()).toContain('back to the sum of its transfers')
    await picture('adjustment-rebuild')
    expect(complaints).toEqual([])

    const waiting = await signedIn(FINANCE, { theme, width })
    await open(waiting.page, credit)
    await waiting.picture('adjustment-waiting')
    expect(waiting.complaints).toEqual([])
  })
})
