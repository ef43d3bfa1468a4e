import { randomUUID } from 'node:crypto'

import type { Page } from 'playwright-core'

import { exampleSettings } from '../../../../src/cashback/networks/csv/csvMapping.ts'
import { findOverflow } from '../../../../test/support/browser/findOverflow.ts'
import { chooseLooks } from '../../../../test/support/browser/chooseLooks.ts'
import { insertNetwork } from '../../../../test/support/insertRows.ts'
import { untilQuiet } from '../../../../test/support/browser/untilQuiet.ts'
import { useBrowser } from '../../../../test/support/browser/useBrowser.ts'
import { MAX_FILE_BYTES } from '../../readFileBody.ts'

const ADMIN = 'admin@example.in'
const FINANCE = 'finance@example.in'
const SUPPORT = 'support@example.in'
const PATH = '/admin/reconciliation'

// Other files share the database, and look for networks that are on.
const { signedIn, sql } = useBrowser()

afterAll(() => sql('update networks set is_on = false where id = any($1::uuid[])', [made]))

/** The networks of this file. */
const made: string[] = []
/** Creates a network that is read from files. */
const createFileNetwork = async (
  settings: object | null = exampleSettings,
  label = 'Partnerize',
) => {
  const name = `${label} ${randomUUID().slice(0, 6)}`
  const id = await insertNetwork(
    { sql },
    {
      name,
      adapter: 'csv',
      settings: settings && JSON.stringify(settings),
      is_on: true,
      last_run_at: new Date().toISOString(),
    },
  )
  made.push(id)
  return { id, name }
}

const HEADER = Object.values(exampleSettings.mapping.columns).join(',')
const lineOf = (id: string, commission = '124.95', state = 'Confirmed') =>
  `${id},ORD-${id},,Vayu Electronics,${state},2499.00,${commission},05/11/2026 10:00`
const fileOf = (...lines: string[]) => ({
  name: 'november.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from([HEADER, ...lines].join('\n')),
})
const generateTag = () => randomUUID().slice(0, 8)

const panelOf = (page: Page) =>
  page.locator('.t-panel').filter({ hasText: 'Import a file of transactions' })
const open = async (page: Page, network: { id: string }) => {
  await page.goto(`${PATH}?toTransactions=${network.id}`)
  await panelOf(page).waitFor()
  await untilQuiet(page)
}
const check = async (page: Page, file: ReturnType<typeof fileOf>) => {
  await panelOf(page).locator('input[type=file]').setInputFiles(file)
  await panelOf(page).getByRole('button', { name: 'Check the file' }).click()
}
const runsOf = ({ id }: { id: string }) =>
  sql<{ rows: number; quarantined: number }>(
    'select rows::int, quarantined::int from sync_runs where network_id = $1',
    [id],
  )

describe('a file of transactions', () => {
  it('is checked first, imported without its bad line, and its transaction is listed', async () => {
    const network = await createFileNetwork()
    const tag = generateTag()
    const { complaints, page, picture } = await signedIn(FINANCE)
    await open(page, network)
    await check(page, fileOf(lineOf(tag), lineOf(`x${tag}`, 'much')))
    const panel = panelOf(page)
    const bad = panel.getByRole('region', { name: 'Lines that cannot be read' })
    expect(await bad.getByRole('row').last().innerText()).toMatch(
      /^3\s.*much.*\smoney\.malformed$/s,
    )
    const sample = panel.getByRole('region', { name: 'The first transactions of the file' })
    expect(await sample.innerText()).toMatch(/5 Nov 2026, 10:00.*Approved.*₹2,499\.00\s+₹124\.95/s)
    expect(await runsOf(network)).toEqual([])

    await panel.getByRole('button', { name: 'Import 1 transaction' }).click()
    await panel.getByText('november.csv is imported.').waitFor()
    expect(await panel.locator('.t-recon__outcome').innerText()).toMatch(
      /Transactions read\s+1\s+New or changed\s+1\s.*Unattributed\s+1\s.*Quarantined lines\s+1/s,
    )
    expect(await panel.locator('input[type=file]').inputValue()).toBe('')
    expect(await runsOf(network)).toEqual([{ rows: 1, quarantined: 1 }])
    await picture('transactions-files-outcome')

    await panel.getByRole('link', { name: 'All its transactions' }).click()
    await page.getByRole('row').filter({ hasText: tag }).first().waitFor()
    await page.goBack()
    await check(page, fileOf(lineOf(tag), lineOf(`x${tag}`, 'much')))
    await panel.getByRole('button', { name: 'Import 1 transaction' }).click()
    await panel.getByText('no transaction changed').waitFor()
    await panel.getByRole('link', { name: 'See the run' }).click()
    await page.waitForURL('**/collections/sync-runs/*')
    expect(complaints).toEqual([])
  })

  it('is dated to the chosen day, which cannot lie in the future', async () => {
    const network = await createFileNetwork()
    const tag = generateTag()
    const { page } = await signedIn(FINANCE)
    await open(page, network)
    const asOf = panelOf(page).locator('[name=asOf]')
    await asOf.fill('2100-01-01')
    expect(await asOf.evaluate((input: HTMLInputElement) => input.validity.valid)).toBe(false)
    await asOf.fill('2026-11-06')
    await check(page, fileOf(lineOf(tag)))
    await panelOf(page).getByRole('button', { name: 'Import 1 transaction' }).click()
    await panelOf(page).getByText('november.csv is imported.').waitFor()
    const transactions = await sql<{ at: string }>(
      `select to_char(observed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as at
       from network_transactions where network_id = $1`,
      [network.id],
    )
    expect(transactions).toEqual([{ at: '2026-11-06 00:00' }])
  })

  it('that is refused shows the reason and stores nothing', async () => {
    const network = await createFileNetwork()
    const { page, picture } = await signedIn(FINANCE)
    await open(page, network)
    const panel = panelOf(page)
    await check(page, { ...fileOf(), buffer: Buffer.from('Id,Date\n1,2\n') })
    await panel.getByText(/no column Transaction ID.*\(csv\.missing-column\)/).waitFor()
    await check(page, fileOf(lineOf(generateTag(), 'much')))
    await panel.getByText('nothing would be imported').waitFor()
    expect(await panel.getByRole('button', { name: 'Import 0 transactions' }).isDisabled()).toBe(
      true,
    )
    await picture('transactions-files-nothing')
    await check(page, { ...fileOf(), buffer: Buffer.alloc(MAX_FILE_BYTES + 1, 'x') })
    await panel.getByText('The file has 10.1 MB. The limit is 10 MB').waitFor()
    await page.route('**/import?*', (route) =>
      route.fulfill({ status: 413, contentType: 'text/html', body: '<h1>413</h1>' }),
    )
    await check(page, fileOf(lineOf(generateTag())))
    await panel.getByText('limits uploads (413)').waitFor()
    await page.unroute('**/import?*')
    expect(await runsOf(network)).toEqual([])
  })

  it('of a network without a mapping cannot be checked, and the settings show an example mapping', async () => {
    const network = await createFileNetwork(null)
    const { page, picture } = await signedIn(ADMIN)
    await open(page, network)
    const panel = panelOf(page)
    await panel.getByText(`${network.name} has no valid mapping`).waitFor()
    expect(await panel.getByRole('button', { name: 'Check the file' }).isDisabled()).toBe(true)
    await picture('transactions-files-no-mapping')
    await panel.getByRole('link', { name: 'Set it in its settings' }).click()
    await page.getByText('Example and all options').click()
    expect(await page.locator('.t-settings pre').innerText()).toContain(
      '"commission": "Commission"',
    )
    await picture('transactions-files-settings')
  })

  it('is imported by finance only: support sees a hint and no form', async () => {
    await createFileNetwork()
    const { page } = await signedIn(SUPPORT)
    await page.goto(PATH)
    await page.getByText('Ask finance to import a file of transactions.').waitFor()
    expect(await panelOf(page).count()).toBe(0)
  })

  it('needs a network that is read from files, and the empty state explains how to set one up', async () => {
    const files = await sql<{ id: string }>(
      `update networks set adapter = 'vcommission' where adapter = 'csv' returning id::text`,
    )
    const ids = files.map(({ id }) => id)
    const { page, picture } = await signedIn(ADMIN)
    await page.goto(`${PATH}#transactions-from-files`)
    await page.getByText('No network is read from files yet.').waitFor()
    expect(await page.getByRole('link', { name: 'Set up a network' }).count()).toBe(1)
    await picture('transactions-files-none')
    await sql(`update networks set adapter = 'csv' where id = any($1::uuid[])`, [ids])
  })

  it('is linked from the card of its network', async () => {
    const network = await createFileNetwork()
    const { page } = await signedIn(FINANCE)
    await page.goto('/admin/networks-and-sync')
    // A click on a page that React is still taking over can be lost.
    await untilQuiet(page)
    await page.getByRole('link', { name: `Import a file of ${network.name}` }).click()
    await panelOf(page).waitFor()
    expect(await panelOf(page).locator('[name=transactionsNetwork]').inputValue()).toBe(network.id)
  })
})

describe.each(chooseLooks())('in %s, %i px wide', (theme, width) => {
  it('loads without console errors and without horizontal scrolling', async () => {
    const network = await createFileNetwork(
      exampleSettings,
      'A network with a name that goes on and on, for reasons of its own',
    )
    const { complaints, page, picture } = await signedIn(ADMIN, { theme, width })
    await open(page, network)
    await panelOf(page).getByText('How its files are read').click()
    await picture('transactions-files-mapping')
    await panelOf(page).getByText('How its files are read').click()
    const [one, two] = [generateTag(), generateTag()]
    await check(
      page,
      fileOf(lineOf(one), lineOf(two, '31.20', 'Odd'), lineOf(`x${one}`, 'much'), 'half,a,line'),
    )
    await panelOf(page).getByRole('button', { name: 'Import 2 transactions' }).waitFor()
    expect(await panelOf(page).innerText()).toContain('Status: is missing')
    await picture('transactions-files-checked')
    expect(await findOverflow(page)).toBe(0)
    await panelOf(page).getByRole('button', { name: 'Import 2 transactions' }).click()
    await panelOf(page).getByText('november.csv is imported.').waitFor()
    await picture('transactions-files-done')
    expect(await findOverflow(page)).toBe(0)
    expect(complaints).toEqual([])
  })
})
