import { randomUUID } from 'node:crypto'

import type { Page } from 'playwright-core'

import { findOverflow } from '../../../../test/support/browser/findOverflow.ts'
import { chooseLooks } from '../../../../test/support/browser/chooseLooks.ts'
import { insertNetwork } from '../../../../test/support/insertRows.ts'
import { untilQuiet } from '../../../../test/support/browser/untilQuiet.ts'
import { useBrowser } from '../../../../test/support/browser/useBrowser.ts'

const FINANCE = 'finance@example.in'
const SUPPORT = 'support@example.in'
const REASON = 'a test order of the network'

const { signedIn, sql } = useBrowser()

/** Creates two quarantined rows of a network that is switched off. */
const createPair = async () => {
  const name = `VCommission ${randomUUID().slice(0, 6)}`
  const network = await insertNetwork({ sql }, { name })
  const rows = await sql<{ id: string }>(
    `insert into quarantined_rows (id, network_id, content_hash, code, detail, raw)
     select time_ordered_uuid(), $1, n::text, 'row.no-amount', 'payout is not a number', '{"payout": "–"}'
     from generate_series(1, 2) n returning id`,
    [network],
  )
  return { name, row: rows[0]?.id ?? '' }
}
const pathOf = (row: string) => `/admin/collections/quarantined-rows/${row}`
const open = async (page: Page, row: string) => {
  await page.goto(pathOf(row))
  await page.locator('#field-code').waitFor()
  await untilQuiet(page)
}
const resolveButton = (page: Page) => page.getByRole('button', { name: 'Resolve…' })

describe('a quarantined row', () => {
  it('is resolved with a reason, and the card and its list no longer count it', async () => {
    const { name, row } = await createPair()
    const { page } = await signedIn(FINANCE)
    await page.goto('/admin/networks-and-sync')
    const link = page.getByRole('link', { name: `2, payout is not a number of ${name}` })
    await link.waitFor()

    await open(page, row)
    await resolveButton(page).click()
    const dialog = page.getByRole('dialog', { name: 'Resolve this row?' })
    const confirm = dialog.getByRole('button', { name: 'Resolve it' })
    await dialog.getByLabel('Reason').fill(' no ')
    expect(await confirm.isDisabled()).toBe(true)
    await dialog.getByLabel('Reason').fill(REASON)
    await confirm.click()
    await page.getByText('Resolved. It is no longer counted as open.').waitFor()
    await resolveButton(page).waitFor({ state: 'detached' })
    expect(await page.locator('#field-reason').inputValue()).toBe(REASON)

    await page.goto('/admin/networks-and-sync')
    await page.getByRole('link', { name: `1, payout is not a number of ${name}` }).click()
    await page.locator('.collection-list table tbody tr').first().waitFor()
    expect(await page.locator('.collection-list table tbody tr').count()).toBe(1)
  })

  it('that was resolved meanwhile shows the refusal', async () => {
    const { row } = await createPair()
    const { page } = await signedIn(FINANCE)
    await open(page, row)
    await sql(
      `update quarantined_rows set resolved_at = now(), resolved_by = 'replay' where id = $1`,
      [row],
    )
    await resolveButton(page).click()
    await page.getByRole('dialog').getByLabel('Reason').fill(REASON)
    await page.getByRole('button', { name: 'Resolve it' }).click()
    await page.getByText('This row was resolved before.').waitFor()
  })

  it('shows no button to support', async () => {
    const { row } = await createPair()
    const { page } = await signedIn(SUPPORT)
    await open(page, row)
    expect(await resolveButton(page).count()).toBe(0)
  })
})

describe.each(chooseLooks())('in %s, %i px wide', (theme, width) => {
  it('the page and its dialog do not scroll horizontally', async () => {
    const { row } = await createPair()
    const { page, picture } = await signedIn(FINANCE, { theme, width })
    await open(page, row)
    await picture('quarantined-row')
    expect(await findOverflow(page)).toBe(0)
    await resolveButton(page).click()
    await page.getByRole('dialog').waitFor()
    await picture('quarantined-row-resolve')
    expect(await findOverflow(page)).toBe(0)
  })
})
