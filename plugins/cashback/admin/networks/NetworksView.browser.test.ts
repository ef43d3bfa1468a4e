import { randomUUID } from 'node:crypto'

import type { Page } from 'playwright-core'

import { findOverflow } from '../../../../test/support/browser/findOverflow.ts'
import { chooseLooks } from '../../../../test/support/browser/chooseLooks.ts'
import {
  insertClick,
  insertMerchant,
  insertNetwork,
  insertTransaction,
} from '../../../../test/support/insertRows.ts'
import { hoursAgo } from '../../../../test/support/instants.ts'
import { untilQuiet } from '../../../../test/support/browser/untilQuiet.ts'
import { useBrowser } from '../../../../test/support/browser/useBrowser.ts'
import { useWorker } from '../../../../test/support/browser/useWorker.ts'

const ADMIN = 'admin@example.in'
const FINANCE = 'finance@example.in'
const SUPPORT = 'support@example.in'
const MEMBER = 'ananya.iyer@example.in'
const PATH = '/admin/networks-and-sync'

const { opened, signedIn, sql } = useBrowser()

const { simulatorUrl } = useWorker((url) => ({
  VCOMMISSION_API_KEY: 'a-key-of-the-simulator',
  VCOMMISSION_BASE_URL: `${url}/vcommission`,
}))
// Other test files share the database: none may read a network after its simulator has stopped.
afterAll(() => switchOff())

/** The networks of this file. */
const made: string[] = []
const switchOff = () => sql('update networks set is_on = false where id = any($1::uuid[])', [made])

const idOf = async (email: string): Promise<string> => {
  const [row] = await sql<{ id: string }>('select id from users where email = $1', [email])
  return row?.id ?? ''
}

type Merchant = { network: string; networkName: string; merchant: string; merchantName: string }
/** Creates a network that is never due by itself, with a merchant. */
const createMerchant = async (
  over: { network?: string; merchant?: string; adapter?: string } = {},
): Promise<Merchant> => {
  const networkName = over.network ?? `VCommission ${randomUUID().slice(0, 6)}`
  const merchantName = over.merchant ?? `Merchant ${randomUUID().slice(0, 6)}`
  const network = await insertNetwork(
    { sql },
    {
      name: networkName,
      adapter: over.adapter ?? 'vcommission',
      is_on: true,
      last_run_at: new Date().toISOString(),
    },
  )
  made.push(network)
  const merchant = await insertMerchant({ sql }, { name: merchantName })
  return { network, merchant, networkName, merchantName }
}

const createClick = async ({ merchant, network }: Merchant, email: string, at: string) =>
  insertClick({ sql }, { merchant, network, member: await idOf(email), at })

type Given = { at?: string; commissionMinor?: number; externalId?: string; status?: string }
/** Creates an unattributed transaction. */
const createUnattributed = async (merchant: Merchant, over: Given = {}): Promise<string> => {
  const externalId = over.externalId ?? randomUUID().slice(0, 8)
  const commissionMinor = over.commissionMinor ?? 12_495
  await insertTransaction({ sql }, merchant.network, {
    external_id: externalId,
    merchant_id: merchant.merchant,
    merchant_name: merchant.merchantName,
    status: over.status ?? 'approved',
    sale_minor: commissionMinor * 20,
    commission_minor: commissionMinor,
    event_at: over.at ?? hoursAgo(2),
  })
  return externalId
}

const control = async (path: string, body: object): Promise<void> => {
  const answer = await fetch(`${simulatorUrl()}/control${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  })
  expect(answer.ok).toBe(true)
}

const open = async (page: Page) => {
  await page.goto(PATH)
  await page.getByRole('heading', { name: 'Runs' }).waitFor()
  await untilQuiet(page)
}
const cardOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const rowOf = (page: Page, externalId: string) =>
  page.getByRole('row').filter({ hasText: externalId })
const statusOf = (page: Page, path: string): Promise<number> =>
  page.evaluate(async (url) => (await fetch(url)).status, path)

/** What a member can spend, as their statement shows it. */
const balanceOf = async (email: string): Promise<number> => {
  const [row] = await sql<{ balance: string }>(
    `select w.balance_minor as balance from wallets w
     where w.owner_id = $1 and w.kind = 'available' and w.currency = 'INR'`,
    [await idOf(email)],
  )
  return Number(row?.balance ?? 0)
}

describe('the networks view', () => {
  it('reads a network now, shows its new transaction, and assigns it to the member who clicked', async () => {
    const merchant = await createMerchant()
    await createClick(merchant, MEMBER, hoursAgo(26.5))
    const order = `o${randomUUID().slice(0, 8)}`
    await sql(
      `insert into merchants_programs (_order, _parent_id, id, network_id, program_id, tracking_url)
       values (1, $1, $2, $3, '4711', 'https://go.example/4711')`,
      [merchant.merchant, randomUUID().slice(0, 24), merchant.network],
    )
    await control('/orders', {
      orders: [
        {
          order,
          network: 'vcommission',
          clickId: null,
          merchant: { id: 4711, name: merchant.merchantName },
          timeline: [
            {
              at: hoursAgo(26),
              status: 'pending',
              saleMinor: 249_900,
              commissionMinor: 12_495,
              currency: 'INR',
            },
            { at: hoursAgo(1), status: 'approved' },
          ],
        },
      ],
    })
    const before = await balanceOf(MEMBER)
    const { page } = await signedIn(FINANCE)
    await open(page)
    const card = cardOf(page, merchant.networkName)
    expect(await card.innerText()).toContain('Never read')
    await card.getByRole('button', { name: `Sync ${merchant.networkName} now` }).click()
    await card.getByText('Synced less than 1 min ago').waitFor()
    expect(await card.innerText()).toMatch(/New · changed · same\s+1 · 0 · 0/)

    const row = rowOf(page, merchant.networkName)
    await row.getByText('Ananya Iyer').first().waitFor()
    await row.getByRole('button', { name: /^Assign .* to Ananya Iyer$/ }).click()
    await row.getByText('Assigned, ₹87.47 in the wallet').waitFor()
    expect((await balanceOf(MEMBER)) - before).toBe(8_747)

    await page.goto(`/admin/collections/users/${await idOf(MEMBER)}/statement`)
    await page.getByText('₹87.47').first().waitFor()
  }, 120_000)

  it('an assignment above the limit waits for another person to approve it', async () => {
    const merchant = await createMerchant()
    await createClick(merchant, MEMBER, hoursAgo(2.5))
    const transaction = await createUnattributed(merchant, { commissionMinor: 1_000_000 })
    const before = await balanceOf(MEMBER)
    const { page: first } = await signedIn(FINANCE)
    await open(first)
    await rowOf(first, transaction)
      .getByRole('button', { name: /^Assign / })
      .click()
    await rowOf(first, transaction)
      .getByText('You requested this. Another person must decide.')
      .waitFor()
    expect(
      await rowOf(first, transaction).getByRole('button', { name: 'Approve…' }).isDisabled(),
    ).toBe(true)
    expect(await balanceOf(MEMBER)).toBe(before)

    const { page: second } = await signedIn(ADMIN)
    await open(second)
    await rowOf(second, transaction).getByRole('button', { name: 'Approve…' }).click()
    await second.getByRole('button', { name: 'Approve ₹7,000.00 for Ananya Iyer' }).click()
    await rowOf(second, transaction).getByText('Assigned, ₹7,000.00 in the wallet').waitFor()
    expect((await balanceOf(MEMBER)) - before).toBe(700_000)
  })

  it('assigns a transaction without suggestions to a member found by search', async () => {
    const transaction = await createUnattributed(await createMerchant(), { status: 'pending' })
    const { page } = await signedIn(FINANCE)
    await open(page)
    const row = rowOf(page, transaction)
    expect(await row.innerText()).toContain('No match of 40 or more')
    await row.getByRole('button', { name: /^Find member/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Choose the member of this transaction' })
    await dialog.getByLabel('Find a member').fill('deepa.m')
    await dialog.getByText('de•••@example.in').waitFor()
    await dialog.locator('textarea').fill('by phone')
    await dialog.getByRole('button', { name: 'Assign to Deepa Menon' }).click()
    await row.getByText('Assigned, ₹87.47 pending').waitFor()
    const [kept] = await sql<{ note: string }>(
      `select a.note from transaction_assignments a join network_transactions s on s.id = a.transaction_id
       where s.external_id = $1`,
      [transaction],
    )
    expect(kept?.note).toBe('by phone')
  })

  it('shows transaction.already-assigned when another person assigned it first', async () => {
    const merchant = await createMerchant()
    await createClick(merchant, MEMBER, hoursAgo(2.5))
    const transaction = await createUnattributed(merchant)
    const { page } = await signedIn(FINANCE)
    await open(page)
    await rowOf(page, transaction).waitFor()
    await sql('update network_transactions set member_id = $1 where external_id = $2', [
      await idOf('deepa.menon@example.in'),
      transaction,
    ])
    await rowOf(page, transaction)
      .getByRole('button', { name: /^Assign / })
      .click()
    await rowOf(page, transaction).getByText('transaction.already-assigned').waitFor()
  })

  it('reads past days again, and the run shows the note', async () => {
    const merchant = await createMerchant()
    const { page } = await signedIn(FINANCE)
    await open(page)
    await cardOf(page, merchant.networkName)
      .getByRole('button', { name: 'Re-read a window…' })
      .click()
    const dialog = page.getByRole('dialog', { name: `Read days of ${merchant.networkName} again?` })
    const confirm = dialog.getByRole('button', { name: 'Read these days' })
    expect(await confirm.isDisabled()).toBe(true)
    await dialog.getByLabel(/^From/).fill(hoursAgo(240).slice(0, 10))
    await dialog.getByLabel(/^To/).fill(hoursAgo(120).slice(0, 10))
    await dialog.getByLabel('Note').fill('late approvals')
    await confirm.click()
    const run = page.getByRole('row').filter({ hasText: merchant.networkName })
    await run.getByText('By Arvind Kulkarni: late approvals').waitFor()
  })
})

describe('access to the networks view', () => {
  it('strangers are sent to sign in', async () => {
    const { page } = await opened()
    await page.goto(PATH)
    await page.waitForURL(/\/admin\/login\?redirect=%2Fadmin%2Fnetworks-and-sync/)
    expect(await page.locator('body').innerText()).not.toContain('Unattributed transactions')
    expect(await statusOf(page, '/api/networks/overview')).toBe(401)
    expect(await statusOf(page, '/api/network-transactions/unattributed')).toBe(401)
  })

  it('members get an empty page and 403', async () => {
    const { page } = await signedIn(MEMBER)
    await page.goto(PATH)
    await untilQuiet(page)
    expect(await page.locator('body').innerText()).not.toMatch(
      /Unattributed transactions|Ask finance/,
    )
    expect(await statusOf(page, '/api/networks/overview')).toBe(403)
    expect(await statusOf(page, '/api/network-transactions/unattributed')).toBe(403)
  })

  it('support sees everything, no action, and a hint to ask finance', async () => {
    const merchant = await createMerchant()
    await createClick(merchant, MEMBER, hoursAgo(2.5))
    const transaction = await createUnattributed(merchant)
    const { page, picture } = await signedIn(SUPPORT)
    await open(page)
    await rowOf(page, transaction).getByText('Ask finance').waitFor()
    await cardOf(page, merchant.networkName).getByText('Ask finance').waitFor()
    expect(await page.getByRole('button', { name: /^(Assign|Sync|Others|Re-read)/ }).count()).toBe(
      0,
    )
    await picture('networks-support')
  })
})

it('shows which part could not be read, and recovers', async () => {
  await createMerchant()
  const { page, picture } = await signedIn(ADMIN)
  await open(page)
  await page.route('**/networks/overview', (route) => route.abort())
  await page.getByRole('alert').getByText('No answer came.').waitFor()
  expect(await page.locator('.t-badge--bad').count()).toBe(1)
  await page.getByRole('heading', { name: 'Unattributed transactions' }).waitFor()
  await picture('networks-trouble')
  await page.unroute('**/networks/overview')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Live, every 5 s').waitFor()
})

const LONG = 'A network with a name that goes on and on, for reasons of its own, until it is cut'

/** Creates three networks: one fresh, one with quarantined rows, and one that refuses its key. */
const createDay = async () => {
  await switchOff()
  const tag = randomUUID().slice(0, 4)
  const run = (network: string, over: Record<string, number | string>) => {
    const row: Record<string, number | string | null> = {
      status: 'completed',
      pages: 17,
      rows: 8_002,
      changed: 1_592,
      created: 1_204,
      quarantined: 0,
      errorCode: null,
      error: null,
      ...over,
    }
    return sql(
      `insert into sync_runs (id, network_id, status, window_by, window_from, window_to, started_at,
         ended_at, pages, rows, changed, created, unattributed, quarantined, error_code, error)
       values (time_ordered_uuid(), $1, $2, 'event', $3, $4, $4, $5, $6, $7, $8, $9, 4, $10, $11, $12)`,
      [
        network,
        row.status,
        hoursAgo(103),
        hoursAgo(7.1),
        hoursAgo(7),
        row.pages,
        row.rows,
        row.changed,
        row.created,
        row.quarantined,
        row.errorCode,
        row.error,
      ],
    )
  }
  const read = (network: string, hours: number, problem: string | null = null) =>
    sql(
      `update networks set last_success_at = $2, event_watermark = $2, change_watermark = $2,
         last_problem = $3 where id = $1`,
      [network, hoursAgo(hours), problem],
    )
  const fresh = await createMerchant({
    network: `Admitad ${tag}`,
    adapter: 'admitad',
    merchant: 'Vayu Electronics',
  })
  await run(fresh.network, {})
  await read(fresh.network, 7)
  const quarantined = await createMerchant({
    network: `${LONG} ${tag}`,
    merchant: 'Kurta House <b>& Co</b>',
  })
  await run(quarantined.network, {
    quarantined: 3,
    pages: 14,
    rows: 2_782,
    changed: 705,
    created: 611,
  })
  await read(quarantined.network, 7)
  for (const hash of ['1', '2', '3']) {
    await sql(
      `insert into quarantined_rows (id, network_id, content_hash, code, detail, raw)
       values (time_ordered_uuid(), $1, $2, 'row.no-amount', 'payout is not a number', '{}')`,
      [quarantined.network, hash],
    )
  }
  const refused = await createMerchant({ network: `CueLinks ${tag}`, adapter: 'cuelinks' })
  const none = { pages: 0, rows: 0, changed: 0, created: 0 }
  const why = { errorCode: 'network.unauthorized', error: 'CueLinks refused the key (401).' }
  await run(refused.network, { ...none, ...why, status: 'failed' })
  await read(refused.network, 31, why.error)
  await createClick(fresh, MEMBER, hoursAgo(3.2))
  await createUnattributed(fresh, { externalId: `840${tag}`, at: hoursAgo(3) })
  await createClick(quarantined, MEMBER, hoursAgo(12))
  await createClick(quarantined, 'deepa.menon@example.in', hoursAgo(9))
  await createUnattributed(quarantined, {
    externalId: `VC-${tag}-with-a-very-long-number-of-its-own`,
    at: hoursAgo(4),
  })
  await createUnattributed(refused, { externalId: `CL-${tag}`, commissionMinor: 9_999_999_99 })
  await sql(
    `insert into sync_requests (id, network_id, mode, status, note, requested_by_id, created_at)
     values (time_ordered_uuid(), $1, 'replay', 'completed', null, $2, now())`,
    [fresh.network, await idOf(FINANCE)],
  )
  return { fresh, refused, transaction: `840${tag}` }
}

describe.each(chooseLooks())('in %s, %i px wide', (theme, width) => {
  it('loads without console errors and without horizontal scrolling', async () => {
    // Networks of the tests before may fail as well.
    await switchOff()
    const { fresh, refused, transaction } = await createDay()
    const { complaints, page, picture } = await signedIn(ADMIN, { theme, width })
    await open(page)
    expect(await cardOf(page, refused.networkName).innerText()).toMatch(/refused, 1 try/)
    await picture('networks-day')
    expect(await findOverflow(page)).toBe(0)
    await rowOf(page, transaction)
      .getByRole('button', { name: /^Others/ })
      .click()
    await page.getByRole('dialog').waitFor()
    await picture('networks-others')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await cardOf(page, fresh.networkName).getByRole('button', { name: 'Re-read a window…' }).click()
    await page.getByRole('dialog').waitFor()
    await picture('networks-reread')
    expect(await findOverflow(page)).toBe(0)
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.locator('.nav-toggler:visible').first().click()
    await page.getByRole('link', { name: 'Networks & sync 1 failing' }).waitFor()
    await picture('networks-nav')
    expect(complaints).toEqual([])
  })
})
