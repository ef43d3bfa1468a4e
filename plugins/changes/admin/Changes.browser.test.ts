import type { Page } from 'playwright-core'

import { chooseLooks } from '../../../test/support/browser/chooseLooks.ts'
import { findOverflow } from '../../../test/support/browser/findOverflow.ts'
import { untilQuiet } from '../../../test/support/browser/untilQuiet.ts'
import { useBrowser } from '../../../test/support/browser/useBrowser.ts'

const ADMIN = 'admin@example.in'
const SUPPORT = 'support@example.in'

const { signedIn } = useBrowser()

/** Raises the limit above which a second person confirms. Returns the change that waits. */
const raiseLimit = (page: Page): Promise<{ id: string; message: string }> =>
  page.evaluate(async () => {
    const answer = await fetch('/api/globals/finance-config', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ secondPerson: [{ currency: 'INR', aboveMinor: 5_000_000 }] }),
    })
    const { result } = (await answer.json()) as {
      result: { pendingChange: { id: string; message: string } }
    }
    return result.pendingChange
  })

describe.each(chooseLooks())('in %s, %i px wide', (theme, width) => {
  it('a change that waits is shown with its document, and cancelled by its requester', async () => {
    const { complaints, page, picture } = await signedIn(ADMIN, { theme, width })
    const { message } = await raiseLimit(page)
    expect(message).toContain('waits until')

    await page.goto('/admin/globals/finance-config')
    await page.locator('.t-waiting').waitFor()
    expect(await page.locator('.t-waiting').innerText()).toContain('above ₹50,000.00')
    await untilQuiet(page)
    await picture('changes-banner')

    await page.goto('/admin/changes')
    const row = page.locator('.t-changes tbody tr').first()
    await row.waitFor()
    const text = await row.innerText()
    for (const part of ['Finance config', 'above ₹5,000.00', 'above ₹50,000.00', 'Meera Nair']) {
      expect(text).toContain(part)
    }
    await picture('changes')
    expect(await findOverflow(page)).toBe(0)
    await row.getByRole('button', { name: 'Cancel…' }).click()
    await page.getByRole('button', { name: 'Cancel the change' }).click()
    await page.getByText('The change was cancelled.').waitFor()
    await page.getByText('No change waits.').waitFor()
    expect(complaints).toEqual([])
  })
})

it('support sees what waits and decides nothing', async () => {
  const admin = await signedIn(ADMIN)
  const { id } = await raiseLimit(admin.page)
  const { page } = await signedIn(SUPPORT)
  await page.goto('/admin/changes')
  const row = page.locator('.t-changes tbody tr').first()
  await row.waitFor()
  expect(await row.getByRole('button').count()).toBe(0)
  const status = await admin.page.evaluate(
    (path) => fetch(path, { method: 'POST' }).then((answer) => answer.status),
    `/api/change-requests/${id}/cancel`,
  )
  expect(status).toBe(200)
})
