import { randomUUID } from 'node:crypto'

import { utils, write } from '@e965/xlsx'
import type { Page } from 'playwright-core'

import { exampleSettings } from '../../../../src/cashback/networks/csv/csvMapping.ts'
import { chooseLooks } from '../../../../test/support/browser/chooseLooks.ts'
import { findOverflow } from '../../../../test/support/browser/findOverflow.ts'
import { untilQuiet } from '../../../../test/support/browser/untilQuiet.ts'
import { useBrowser } from '../../../../test/support/browser/useBrowser.ts'
import { insertClick, insertNetwork } from '../../../../test/support/insertRows.ts'
import { WORKBOOK_TYPE } from '../../readFileBody.ts'

const FINANCE = 'finance@example.in'
const { signedIn, sql } = useBrowser()

/** The networks of this file. Other files share the database, and look for networks that are on. */
const made: string[] = []
/** Other files credit the same people by hand on the same day, which counts in the limits. */
const limitDay = (times: string) =>
  sql(`update finance_config_credits set per_member_minor = per_member_minor ${times},
    per_actor_minor = per_actor_minor ${times}`)
beforeAll(() => limitDay('* 1000'))
afterAll(async () => {
  await limitDay('/ 1000')
  await sql('update networks set is_on = false where id = any($1::uuid[])', [made])
})

const createNetworkWithClick = async () => {
  const network = await insertNetwork(
    { sql },
    {
      name: `Vayu Partners ${randomUUID().slice(0, 6)}`,
      adapter: 'csv',
      settings: JSON.stringify(exampleSettings),
      is_on: true,
      last_run_at: new Date().toISOString(),
    },
  )
  made.push(network)
  const [found] = await sql<{ member: string; merchant: string }>(
    `select u.id::text as member, m.id::text as merchant from users u, merchants m
     where u.role = 'member' order by u.created_at, m.created_at limit 1`,
  )
  const { member = '', merchant = '' } = found ?? {}
  const at = '2026-11-01T00:00:00Z'
  const { clickId } = await insertClick({ sql }, { member, merchant, network, at })
  return { network, clickId }
}

const asWorkbook = (name: string, sheets: Record<string, unknown[][]>) => {
  const book = utils.book_new()
  for (const [title, rows] of Object.entries(sheets)) {
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows, { cellDates: true, UTC: true }), title)
  }
  const buffer = Buffer.from(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer)
  return { name, mimeType: WORKBOOK_TYPE, buffer }
}

const DAY = new Date('2026-11-05T10:00:00Z')
const HEADER = [...Object.values(exampleSettings.mapping.columns), 'Payout batch', 'Remarks']
/** A workbook as a portal makes it, with a cover, a title, one line that is wrong and a new status. */
const portalFile = (clickId: string) =>
  asWorkbook('november.xlsx', {
    About: [['Exported by the portal']],
    Transactions: [
      ['Report of November 2026'],
      [],
      HEADER,
      ['T-1', 'ORD-1', clickId, 'Vayu Electronics', 'Confirmed', 2499, 124.95, DAY, 'B-9'],
      ['T-2', 'ORD-2', clickId, 'Vayu Electronics', 'Open', 100, 12.5, DAY],
      ['T-3', 'ORD-3', null, 'Vayu Electronics', 'Under review', 100, 12.5, DAY],
      ['T-4', 'ORD-4', null, 'Vayu Electronics', 'Open', 100, 'much', DAY],
      [12345678901234567890, 'ORD-5', null, 'Vayu Electronics', 'Open', 100, 1, DAY],
    ],
  })

const panelOf = (page: Page, title: string) => page.locator('.t-panel').filter({ hasText: title })
const transactions = (page: Page) => panelOf(page, 'Import a file of transactions')
const checkTransactions = async (
  page: Page,
  network: string,
  file: ReturnType<typeof asWorkbook>,
) => {
  await page.goto(`/admin/reconciliation?toTransactions=${network}`)
  await transactions(page).waitFor()
  await untilQuiet(page)
  await transactions(page).locator('input[type=file]').setInputFiles(file)
  await transactions(page).getByRole('button', { name: 'Check the file' }).click()
  await transactions(page)
    .getByRole('button', { name: /^Import \d/ })
    .waitFor()
}

it('a workbook of transactions is previewed before it is imported, and credits what was announced', async () => {
  const { clickId, network } = await createNetworkWithClick()
  const { complaints, page } = await signedIn(FINANCE)
  await checkTransactions(page, network, portalFile(clickId))
  const panel = transactions(page)

  const effect = await panel.getByRole('region', { name: 'What the import would do' }).innerText()
  expect(effect).toMatch(/New transactions\s+3\s.*Unattributed\s+1\s/s)
  expect(effect).toMatch(/Credited to wallets\s+₹87\.47\s.*Taken back\s+Nothing/s)
  const columns = await panel.getByRole('region', { name: 'Columns of the file' }).innerText()
  expect(columns).toMatch(/sheet “Transactions”.*Our commission\s+Commission\s/s)
  expect(columns).toContain('Not read: Payout batch, Remarks.')
  const bad = await panel.getByRole('region', { name: 'Lines that cannot be read' }).innerText()
  expect(bad).toMatch(/7\s.*much.*money\.malformed.*8\s.*a spreadsheet has changed.*id\.changed/s)
  const rows = await panel.getByRole('region', { name: 'The first transactions' }).innerText()
  expect(rows).toMatch(
    /Time \(IST\).*T-1\s.*ORD-1.*5 Nov 2026, 10:00.*Approved.*“Confirmed”.*₹124\.95/s,
  )
  expect(await sql('select 1 from network_transactions where network_id = $1', [network])).toEqual(
    [],
  )

  await panel.getByRole('button', { name: 'Import 3 transactions' }).click()
  await panel.getByText('november.xlsx is imported.').waitFor()
  expect(
    await sql(
      `select sum(e.credited_minor)::int as credited from cashback_events e
       join network_transactions t on t.id = e.transaction_id where t.network_id = $1`,
      [network],
    ),
  ).toEqual([{ credited: 8_747 }])
  expect(complaints).toEqual([])
})

describe.each(chooseLooks())('in %s, %i px wide', (theme, width) => {
  it('the previews of a workbook and of a statement fit the window', async () => {
    const { clickId, network } = await createNetworkWithClick()
    const { complaints, page, picture } = await signedIn(FINANCE, { theme, width })
    // The reader of another version lists the statuses that are not mapped.
    await page.route('**/import?*', async (route) => {
      const response = await route.fetch()
      const unmappedStatuses = [{ status: 'Under review', count: 1 }]
      await route.fulfill({ response, json: { unmappedStatuses, ...(await response.json()) } })
    })
    await checkTransactions(page, network, portalFile(clickId))
    await picture('file-preview-transactions')
    expect(await findOverflow(page)).toBe(0)

    const panel = panelOf(page, 'Import a statement')
    await panel.locator('[name=statementNetwork]').selectOption(network)
    await panel.locator('[name=reference]').fill('PAY-2026-11')
    await panel.locator('[name=paidAt]').fill('2026-11-20')
    await panel.locator('input[type=file]').setInputFiles(
      asWorkbook('statement.xlsx', {
        Payments: [
          ['Transaction ID', 'Order ID', 'Payout', 'Bank reference'],
          ['T-1', 'ORD-1', 124.95, 'X-1'],
          ['T-2', 'ORD-2', 12.5, 'X-1'],
          ['T-9', 'ORD-9', 'much', 'X-1'],
        ],
      }),
    )
    await panel.getByRole('button', { name: 'Check the file' }).click()
    await panel.getByRole('region', { name: 'Columns of the file' }).waitFor()
    expect(await panel.getByRole('region', { name: 'Columns of the file' }).innerText()).toMatch(
      /Amount paid\s+Payout\s.*Not read: Bank reference\./s,
    )
    await picture('file-preview-statement')
    expect(await findOverflow(page)).toBe(0)
    expect(complaints).toEqual([])
  })
})
