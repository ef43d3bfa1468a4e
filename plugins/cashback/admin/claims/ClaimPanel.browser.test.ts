import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'

import type { Page } from 'playwright-core'

import { findOverflow } from '../../../../test/support/browser/findOverflow.ts'
import { chooseLooks } from '../../../../test/support/browser/chooseLooks.ts'
import {
  insertMerchant,
  insertNetwork,
  insertTransaction,
} from '../../../../test/support/insertRows.ts'
import { hoursAgo } from '../../../../test/support/instants.ts'
import { untilQuiet } from '../../../../test/support/browser/untilQuiet.ts'
import { useBrowser } from '../../../../test/support/browser/useBrowser.ts'

const FINANCE = 'finance@example.in'
const SUPPORT = 'support@example.in'
const MEMBER = 'ananya.iyer@example.in'
const STRANGER = 'deepa.menon@example.in'
const PDF = '%PDF-1.7\nan invoice'
const ANSWER = 'The merchant has cancelled this order, and its cashback with it.'

const { opened, signedIn, sql } = useBrowser()
const idFrom = async (text: string, values: unknown[]): Promise<string> =>
  (await sql<{ id: string }>(`${text} returning id::text`, values))[0]?.id ?? ''

type Claim = { id: string; order: string; merchant: string; path: string }
/** Creates an open claim at a new merchant, with these files. */
const createClaim = async (
  files: { name: string; type?: string; bytes?: number }[] = [],
  member = MEMBER,
) => {
  const order = `OD-${randomUUID().slice(0, 8).toUpperCase()}`
  const merchant = await insertMerchant({ sql }, { name: 'Vayu Electronics' })
  const id = await idFrom(
    `insert into cashback_claims (id, member_id, merchant_id, order_number, order_key, ordered_at,
       sale_minor, currency, comment, status)
     select time_ordered_uuid(), u.id, $1, $2, $3, $4, 249900, 'INR', 'Paid by UPI', 'open'
     from users u where u.email = $5`,
    [merchant, order, order.replace('-', ''), hoursAgo(3), member],
  )
  for (const [index, { bytes = PDF.length, name, type = 'application/pdf' }] of files.entries()) {
    const file = await idFrom(
      `insert into claim_files (id, member_id, name, type, bytes, sha256)
       select time_ordered_uuid(), u.id, $1, $2, $3, '' from users u where u.email = $4`,
      [name, type, bytes, member],
    )
    await sql('insert into claim_file_bytes (file_id, content) values ($1, $2)', [file, PDF])
    await sql(
      `insert into cashback_claims_rels ("order", parent_id, path, claim_files_id)
       values ($1, $2, 'files', $3)`,
      [index + 1, id, file],
    )
  }
  return { id, order, merchant, path: `/admin/collections/cashback-claims/${id}` }
}

/** Creates a member without assignments, because the daily limit counts all assignments of a member. */
const createMember = async (): Promise<{ email: string; name: string }> => {
  const name = `Member ${randomUUID().slice(0, 8)}`
  const email = `${randomUUID()}@example.in`
  await sql(
    `insert into users (id, name, email, role, invite_code, created_at, updated_at)
     values (time_ordered_uuid(), $1, $2, 'member', $3, now(), now())`,
    [name, email, randomUUID().replaceAll('-', '').toUpperCase()],
  )
  return { email, name }
}

/** Creates the claimed transaction, without a click. */
const itsTransaction = async ({ merchant, order }: Claim): Promise<string> => {
  const externalId = randomUUID().slice(0, 8)
  const network = await insertNetwork({ sql }, { name: `VCommission ${externalId}` })
  await insertTransaction({ sql }, network, {
    external_id: externalId,
    order_id: order,
    merchant_id: merchant,
    merchant_name: 'Vayu Electronics',
    status: 'approved',
    sale_minor: 249_900,
    commission_minor: 12_495,
    event_at: hoursAgo(3),
  })
  return externalId
}

const panelOf = (page: Page) => page.locator('.t-claim')
const open = async (page: Page, { path }: Claim) => {
  await page.goto(path)
  await panelOf(page).waitFor()
  await untilQuiet(page)
}
const refuse = (page: Page) => page.getByRole('button', { name: 'Refuse…' })
const answer = (page: Page) => page.getByRole('dialog').getByRole('textbox', { name: /^Answer/ })
const confirm = (page: Page) => page.getByRole('button', { name: 'Refuse the claim' })
const notificationsOf = ({ id }: Claim) =>
  sql<{ email: string; data: { answer: string } }>(
    `select u.email, n.data from notifications n join users u on u.id = n.user_id
     where n.template = 'claim-answered' and n.dedupe_key like $1`,
    [`claim-answered:${id}%`],
  )
const statusOf = (page: Page, path: string, body?: object): Promise<number> =>
  page.evaluate(
    async ([url, sent]) => {
      const headers = { 'Content-Type': 'application/json' }
      return (await fetch(url, sent ? { method: 'POST', headers, body: sent } : {})).status
    },
    [path, body ? JSON.stringify(body) : ''] as const,
  )

describe('a claim', () => {
  it('is refused by support after a download of its file, and the member is notified', async () => {
    const claim = await createClaim([{ name: 'बिल "1".pdf', bytes: 211_400 }])
    const { page } = await signedIn(SUPPORT)
    await open(page, claim)
    expect(await panelOf(page).innerText()).toMatch(/Waits for an answer[^]*PDF, 207 kB/)
    const saved = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download बिल "1".pdf' }).click()
    const file = await saved
    expect(file.suggestedFilename()).toMatch(/^बिल .1.\.pdf$/)
    expect(await fs.readFile(await file.path(), 'utf8')).toBe(PDF)
    expect(page.url()).toContain(claim.path)

    await refuse(page).click()
    await page.getByRole('dialog', { name: `Refuse the claim for order ${claim.order}?` }).waitFor()
    await answer(page).fill(' no  ')
    await confirm(page).click()
    await page.getByRole('alert').getByText('Too short: write at least 5 characters.').waitFor()
    expect(await answer(page).getAttribute('aria-invalid')).toBe('true')
    expect(await notificationsOf(claim)).toEqual([])

    await answer(page).fill(`  ${ANSWER} `)
    await confirm(page).click()
    await page.getByText('Refused. Ananya Iyer can read your answer.').waitFor()
    await panelOf(page)
      .getByText(/^By Divya Pillai, \d+ \w+ \d{4}, \d\d:\d\d IST$/)
      .waitFor()
    await panelOf(page).getByText(ANSWER).waitFor()
    await page.locator('#field-status').getByText('Rejected').waitFor()
    expect(await refuse(page).count()).toBe(0)
    expect(await notificationsOf(claim)).toMatchObject([
      { email: MEMBER, data: { answer: ANSWER } },
    ])
  })

  it('can be refused by keyboard, and the focus moves to the answer', async () => {
    const claim = await createClaim()
    const { page } = await signedIn(FINANCE)
    await open(page, claim)
    await panelOf(page).getByText('None came with the claim.').waitFor()
    await refuse(page).focus()
    await page.keyboard.press('Enter')
    await page.locator('#claim-answer:focus').waitFor()
    await page.keyboard.type('x')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await refuse(page).and(page.locator(':focus')).waitFor()

    await page.keyboard.press('Enter')
    await page.locator('#claim-answer:focus').waitFor()
    expect(await answer(page).inputValue()).toBe('x')
    await page.keyboard.press('End')
    await page.keyboard.type(' is not ours')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await panelOf(page).getByText('x is not ours').waitFor()
    await page.locator('.t-claim:focus').waitFor()
  })

  it('that another person answered meanwhile shows their answer and notifies the member once', async () => {
    const claim = await createClaim()
    const [{ page }, { page: other }] = [await signedIn(SUPPORT), await signedIn(FINANCE)]
    await open(page, claim)
    const path = `/api/cashback-claims/${claim.id}/reject`
    expect(await statusOf(other, path, { answer: 'It is a transaction of a guest.' })).toBe(200)
    await refuse(page).click()
    await answer(page).fill(ANSWER)
    await confirm(page).click()
    await page.getByText('Another person has answered this claim.').waitFor()
    await panelOf(page).getByText('It is a transaction of a guest.').waitFor()
    expect(await refuse(page).count()).toBe(0)
    expect(await notificationsOf(claim)).toHaveLength(1)
  })

  it('keeps the typed answer when the API does not answer', async () => {
    const claim = await createClaim()
    const { page } = await signedIn(SUPPORT)
    await open(page, claim)
    await page.route('**/reject', (route) => route.abort())
    await refuse(page).click()
    await answer(page).fill(ANSWER)
    await confirm(page).click()
    await page.getByRole('alert').getByText('No answer came, so the result is unknown.').waitFor()
    expect(await answer(page).inputValue()).toBe(ANSWER)
  })

  it('links to the unattributed transactions, which link back to it and to its files', async () => {
    const claim = await createClaim([{ name: 'invoice.pdf' }])
    const transaction = await itsTransaction(claim)
    const { page } = await signedIn(FINANCE, { width: 390 })
    await open(page, claim)
    await panelOf(page).getByRole('link', { name: 'Look for its transaction' }).click()
    await page.getByRole('heading', { name: 'Unattributed transactions' }).waitFor()
    await page.waitForFunction(() => {
      const top = document.querySelector('#transactions')?.getBoundingClientRect().top ?? -1
      return window.scrollY > 0 && top >= -1 && top < window.innerHeight / 2
    })
    const row = page.getByRole('row').filter({ hasText: transaction })
    const saved = page.waitForEvent('download')
    await row.getByRole('link', { name: 'Download invoice.pdf' }).click()
    expect((await saved).suggestedFilename()).toBe('invoice.pdf')
    await row.getByRole('link', { name: 'See the claim' }).click()
    await panelOf(page).waitFor()
    expect(page.url()).toContain(claim.path)
  })

  it('that was accepted shows who accepted it and its transaction', async () => {
    const { email, name } = await createMember()
    const claim = await createClaim([], email)
    const transaction = await itsTransaction(claim)
    const { page } = await signedIn(FINANCE)
    await page.goto('/admin/networks-and-sync')
    const row = page.getByRole('row').filter({ hasText: transaction })
    await row.getByRole('button', { name: `to ${name}` }).click()
    await row.getByText('Assigned, ').waitFor()
    await open(page, claim)
    await panelOf(page).getByText('By Arvind Kulkarni').waitFor()
    expect(await refuse(page).count()).toBe(0)
    await panelOf(page).getByRole('link', { name: 'See its transaction' }).click()
    await page.waitForURL(/\/collections\/network-transactions\//)
  })
})

describe('access to the page of a claim', () => {
  it('strangers are sent to sign in', async () => {
    const { page } = await opened()
    await page.goto((await createClaim()).path)
    await page.waitForURL(/\/admin\/login\?redirect=/)
    expect(await panelOf(page).count()).toBe(0)
  })

  it.each([
    ['another member', STRANGER, 404],
    ['its own member', MEMBER, 200],
  ])('%s can neither see the page nor answer', async (_who, email, status) => {
    const claim = await createClaim([{ name: 'invoice.pdf' }])
    const { page } = await signedIn(email)
    await page.goto(claim.path)
    await untilQuiet(page)
    expect(await page.locator('body').innerText()).not.toMatch(/Waits for an answer|invoice\.pdf/)
    const api = `/api/cashback-claims/${claim.id}`
    expect(await statusOf(page, api)).toBe(status)
    expect(await statusOf(page, `${api}/reject`, { answer: ANSWER })).toBe(403)
    expect(await notificationsOf(claim)).toEqual([])
  })
})

describe.each(chooseLooks())('in %s, %i px wide', (theme, width) => {
  it('loads without console errors and without horizontal scrolling', async () => {
    const claim = await createClaim([
      { name: 'invoice.pdf', bytes: 211_400 },
      { name: `A_screen_${'of_the_order_'.repeat(9)}.png`, type: 'image/png', bytes: 2_950_000 },
    ])
    const transaction = await itsTransaction(claim)
    const { complaints, page, picture } = await signedIn(FINANCE, { theme, width })
    await open(page, claim)
    await picture('claim-open')
    expect(await findOverflow(page)).toBe(0)
    await refuse(page).click()
    await confirm(page).click()
    await page.getByRole('alert').getByText('Too short').waitFor()
    await answer(page).fill('x'.repeat(501))
    await confirm(page).click()
    await page.getByRole('alert').getByText('Too long by 1').waitFor()
    await picture('claim-refuse')
    expect(await findOverflow(page)).toBe(0)
    await page.keyboard.press('Escape')

    await page.goto('/admin/networks-and-sync#transactions')
    const row = page.getByRole('row').filter({ hasText: transaction })
    await row.waitFor()
    await picture('claim-inbox')
    expect(await findOverflow(page)).toBe(0)
    await row.getByRole('button', { name: /^Others/ }).click()
    await page.getByRole('dialog').getByRole('link', { name: 'Download invoice.pdf' }).waitFor()
    await picture('claim-others')
    expect(await findOverflow(page)).toBe(0)

    const path = `/api/cashback-claims/${claim.id}/reject`
    expect(await statusOf(page, path, { answer: `${ANSWER}\nAsk them.` })).toBe(200)
    await open(page, claim)
    await picture('claim-refused')
    expect(await findOverflow(page)).toBe(0)
    expect(complaints).toEqual([])
  }, 120_000)
})
