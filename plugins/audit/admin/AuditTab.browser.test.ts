import type { Window } from '../../../test/support/browser/openBrowser.ts'
import { chooseLooks } from '../../../test/support/browser/chooseLooks.ts'
import { useBrowser } from '../../../test/support/browser/useBrowser.ts'

const ADMIN = 'admin@example.in'

const { signedIn } = useBrowser()

/** Less each time: a shorter time takes effect at once, a longer one would wait. */
let cookieDays = 30

/** Lowers the days for which an invite link counts by the API, with a reason. */
const lowerCookieDays = ({ page }: Window) =>
  page.evaluate(
    (days) =>
      fetch('/api/globals/affiliation-config', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ cookieDays: days, reason: 'returns take a week' }),
      }).then(({ status }) => status),
    (cookieDays -= 1),
  )

describe.each(chooseLooks())('in %s, %i px wide', (theme, width) => {
  it('the tab of a global shows who changed what, and why', async () => {
    const window = await signedIn(ADMIN, { theme, width })
    const { complaints, page, picture } = window
    expect(await lowerCookieDays(window)).toBe(200)
    expect(await lowerCookieDays(window)).toBe(200)
    await page.goto('/admin/globals/affiliation-config')
    await page.locator('.doc-tabs a', { hasText: 'Audit' }).first().waitFor({ state: 'attached' })
    await page.goto('/admin/globals/affiliation-config/audit')
    const row = page.locator('.t-audit__table tbody tr').first()
    await row.waitFor()
    const text = await row.innerText()
    expect(text).toContain(ADMIN)
    expect(text).toContain('Invite link counts for (days)')
    expect(text).toContain(`${cookieDays + 1} → ${cookieDays}`)
    expect(text).toContain('returns take a week')
    await picture('audit-global')
    const isWider = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    )
    expect(isWider).toBe(false)
    expect(complaints).toEqual([])
  })

  it('the tab of an unchanged member shows the empty state', async () => {
    const { page, picture } = await signedIn(ADMIN, { theme, width })
    const email = `untouched-${theme}-${width}@browser.test`
    // A new member of this test, who registers without the staff.
    const { doc } = await page.evaluate(
      (body) =>
        fetch('/api/users', {
          method: 'POST',
          credentials: 'omit',
          headers: { 'Content-Type': 'application/json' },
          body,
        }).then((answer) => answer.json() as Promise<{ doc: { id: string } }>),
      JSON.stringify({ email, password: 'a-long-password' }),
    )
    await page.goto(`/admin/collections/users/${doc.id}/audit`)
    await page.getByText('Nothing was changed by the staff yet.').waitFor()
    await picture('audit-empty')
  })
})
