import { randomUUID } from 'node:crypto'

import type { Page } from 'playwright-core'

import { inheritedEnv } from '../../../src/config/env.ts'
import { findOverflow } from '../../../test/support/browser/findOverflow.ts'
import { chooseLooks } from '../../../test/support/browser/chooseLooks.ts'
import { untilQuiet } from '../../../test/support/browser/untilQuiet.ts'
import { useBrowser } from '../../../test/support/browser/useBrowser.ts'
import { useWorker } from '../../../test/support/browser/useWorker.ts'

const { BROWSER_API_KEY: apiKey = '', BROWSER_URL: baseUrl = '' } = inheritedEnv()
const ADMIN = 'admin@example.in'
const MEMBER = 'ananya.iyer@example.in'

const { opened, signedIn } = useBrowser()
const { simulatorUrl } = useWorker((url) => ({
  SENDGRID_API_KEY: 'SG.of-the-simulator',
  SENDGRID_BASE_URL: `${url}/sendgrid`,
  FROM_EMAIL: 'rewards@example.in',
}))
beforeEach(() => control('DELETE', '/faults'))

const control = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
  const answer = await fetch(`${simulatorUrl()}/control${path}`, {
    method,
    ...(body && {
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    }),
  })
  return (await answer.json().catch(() => null)) as Answer
}
const messagesTo = async (to: string) =>
  (await control<{ messages: object[] }>('GET', `/messages?provider=sendgrid&to=${to}`)).messages

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
const open = async (page: Page) => {
  await page.goto('/admin/queues')
  await page.getByRole('heading', { name: 'Dead letters' }).waitFor()
  await untilQuiet(page)
}
/**
 * Registers a member. The provider refuses the welcome and the link for good. Returns the masked
 * address.
 */
const createRefusedWelcome = async (): Promise<string> => {
  const email = `${randomUUID().slice(0, 8)}@refused.example`
  await control('POST', '/faults', { provider: 'sendgrid', fault: 'bad-recipient' })
  const registered = await fetch(`${baseUrl}/api/users`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password: 'a-long-enough-password' }),
  })
  expect(registered.status).toBe(201)
  return `${email.slice(0, 2)}•••@refused.example`
}
/** Posts a payment as a machine. The provider refuses the message about its commission for good. */
const createRefusedNotice = async (page: Page): Promise<{ email: string; shown: string }> => {
  const found = await fetchIn<{ docs: { payer: string; referrer: string }[] }>(
    page,
    '/api/commissions?where[status][equals]=awarded&where[currency][equals]=INR&sort=-decidedAt',
  )
  const { payer, referrer } = found.docs[0] ?? { payer: '', referrer: '' }
  const { email } = await fetchIn<{ email: string }>(page, `/api/users/${referrer}`)
  await control('POST', '/faults', { provider: 'sendgrid', fault: 'bad-recipient' })
  const payment = { reference: randomUUID(), user: payer, amountMinor: 500_000, currency: 'INR' }
  const posted = await fetch(`${baseUrl}/api/payments`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `service-accounts API-Key ${apiKey}`,
    },
    body: JSON.stringify({ ...payment, status: 'completed' }),
  })
  expect(posted.status).toBe(201)
  return { email, shown: email.replace(/^(..)[^@]*/, '$1•••') }
}
const rowOf = (page: Page, shown: string) => page.getByRole('row').filter({ hasText: shown })

describe('the queue monitor', () => {
  it('shows a new failure, retries it, and the message is sent', async () => {
    const { page } = await signedIn(ADMIN)
    await open(page)
    const { email, shown } = await createRefusedNotice(page)
    const before = (await messagesTo(email)).length
    const row = rowOf(page, shown)
    await row.waitFor()
    expect(await row.innerText()).toContain('The provider refused it')

    await control('DELETE', '/faults')
    await row.getByRole('button', { name: `Retry Commission earned to ${shown}` }).click()
    await page.getByText('Back in the queue.').waitFor()
    await row.waitFor({ state: 'detached' })
    await expectSoon(async () => (await messagesTo(email)).length === before + 1)
  })

  it('discards a message only with a reason', async () => {
    const { page } = await signedIn(ADMIN)
    await open(page)
    const shown = await createRefusedWelcome()
    const row = rowOf(page, shown).filter({ hasText: 'Verify email' })
    await row.getByText('Its secret is erased').waitFor()
    expect(await row.getByRole('button', { name: /^Retry/ }).count()).toBe(0)
    await row.getByRole('button', { name: 'Discard…' }).click()
    const dialog = page.getByRole('dialog', { name: `Discard Verify email to ${shown}?` })
    const confirm = dialog.getByRole('button', { name: 'Discard it' })
    expect(await confirm.isDisabled()).toBe(true)
    await dialog.locator('textarea').fill('the address was made up')
    await confirm.click()
    await page.getByText('Discarded. It will not be sent.').waitFor()
    await row.waitFor({ state: 'detached' })
    const logs = await fetchIn<{ docs: object[] }>(
      page,
      '/api/audit-logs?where[action][equals]=discard',
    )
    expect(logs.docs).toEqual([
      expect.objectContaining({ actorEmail: ADMIN, reason: 'the address was made up' }),
    ])
  })

  it('requests a run of a job, and a worker runs it', async () => {
    const { page } = await signedIn(ADMIN)
    await open(page)
    const job = page.getByRole('listitem').filter({ hasText: 'Release commissions' })
    expect(await job.innerText()).toContain('Every 15 minutes')
    await job.getByRole('button', { name: 'Run Release commissions now' }).click()
    await page.getByText('A worker starts it now').waitFor()
    await job.getByText(/released|Nothing to do/).waitFor()
  })

  it('pauses a lane after a confirmation, and resumes it', async () => {
    const { page } = await signedIn(ADMIN)
    await open(page)
    await page.locator('#pause-money').click()
    await page.getByRole('dialog', { name: 'Pause Money?' }).waitFor()
    await page.getByRole('button', { name: 'Pause Money' }).click()
    await page.getByText('Paused: Money. The other lanes flow.').waitFor()
    await page.getByRole('button', { name: 'Resume Money' }).click()
    await page.getByText('Messages flow.').waitFor()
  })

  it('stops and resumes updates, and shows a failed update', async () => {
    const { page, picture } = await signedIn(ADMIN)
    await open(page)
    await page.getByRole('button', { name: 'Stop updating' }).click()
    await page.getByText('As of').waitFor()
    await page.route('**/queue/stats', (route) => route.abort())
    await page.getByRole('button', { name: 'Resume updating' }).click()
    await page.getByRole('alert').getByText('No answer came.').waitFor()
    await picture('queues-trouble')
    await page.unroute('**/queue/stats')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Live, every 5 s').waitFor()
  })
})

describe('access to the queue monitor', () => {
  it('strangers are sent to sign in', async () => {
    const { page } = await opened()
    await page.goto('/admin/queues')
    await page.waitForURL(/\/admin\/login\?redirect=%2Fadmin%2Fqueues/)
    expect(await page.locator('body').innerText()).not.toContain('Dead letters')
  })

  it('members get an empty page and a refusal', async () => {
    const { page } = await signedIn(MEMBER)
    await page.goto('/admin/queues')
    await untilQuiet(page)
    expect(await page.locator('body').innerText()).not.toMatch(/Dead letters|Ask an admin/)
    const refused = await fetchIn<{ errors: object[] }>(page, '/api/v1/queue/stats')
    expect(refused.errors).toHaveLength(1)
  })

  it.each(['finance@example.in', 'support@example.in'])(
    '%s sees a hint to ask an admin',
    async (email) => {
      const { page, picture } = await signedIn(email)
      await page.goto('/admin/queues')
      await page.getByText('Ask an admin').waitFor()
      expect(await page.locator('body').innerText()).not.toContain('Dead letters')
      expect(await page.getByRole('link', { name: 'Queues' }).count()).toBe(0)
      await picture(`queues-${email.split('@')[0] ?? ''}`)
    },
  )
})

describe.each(chooseLooks())('in %s, %i px wide', (theme, width) => {
  it('loads without console errors and without horizontal scrolling', async () => {
    const { complaints, page, picture } = await signedIn(ADMIN, { theme, width })
    await open(page)
    await picture('queues-calm')
    await rowOf(page, await createRefusedWelcome())
      .first()
      .waitFor()
    await rowOf(page, (await createRefusedNotice(page)).shown)
      .first()
      .waitFor()
    await picture('queues-dead')
    await page.locator('#pause-otp').click()
    await page.getByRole('dialog').waitFor()
    await picture('queues-pause')
    expect(await findOverflow(page)).toBe(0)
    expect(complaints).toEqual([])
  })
})

const expectSoon = async (isSo: () => Promise<boolean>): Promise<void> => {
  await vi.waitUntil(isSo, { timeout: 30_000 })
}
