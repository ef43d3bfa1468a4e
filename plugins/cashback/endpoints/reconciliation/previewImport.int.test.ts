import { FILE_LIMITS } from '../../../../src/files/limits.ts'
import { buildWorkbook } from '../../../../test/support/buildWorkbook.ts'
import { createMerchant, createNetwork } from '../../../../test/support/cashbackFactories.ts'
import { createUser, readBalance, signIn } from '../../../../test/support/factories.ts'
import { insertClick } from '../../../../test/support/insertRows.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { WORKBOOK_TYPE } from '../../readFileBody.ts'

let product: Product
let finance: string
beforeAll(async () => {
  product = await startProduct()
  finance = await signIn(product.payload, await createUser(product.payload, { role: 'finance' }))
})
afterAll(() => product.close())

const settings = {
  mapping: {
    columns: {
      externalId: 'Id',
      clickId: 'Click',
      status: 'State',
      commission: 'Commission',
      eventAt: 'Date',
    },
    statuses: { open: 'pending', confirmed: 'approved', cancelled: 'declined' },
    currency: 'INR',
    dateOrder: 'dmy',
    utcOffset: '+05:30',
  },
}
const HEADER = 'Id,Click,State,Commission,Date'

const createMemberWithClick = async () => {
  const { payload } = product
  const member = (await createUser(payload)).id
  const network = (await createNetwork(payload, { adapter: 'csv', settings })).id
  const merchant = (await createMerchant(payload)).id
  const { clickId: click } = await insertClick(product, { member, merchant, network })
  return { click, member, network }
}

const post = <Body = Record<string, unknown>>(
  path: string,
  body: Uint8Array | string,
  type = 'text/csv',
) =>
  product.rest<Body>('POST', `/api/networks/${path}`, {
    authorization: finance,
    body,
    headers: { 'Content-Type': type },
  })

/** Everything that an import writes. */
const readState = async (network: string) =>
  product.sql(
    `select (select count(*)::int from network_transactions where network_id = $1) as transactions,
       (select count(*)::int from sync_runs where network_id = $1) as runs,
       (select count(*)::int from network_pages where network_id = $1) as pages,
       (select count(*)::int from quarantined_rows where network_id = $1) as quarantined,
       (select count(*)::int from wallet_transactions) as transfers,
       (select count(*)::int from notifications) as notifications`.replaceAll('$1', `'${network}'`),
  )

it('a dry run announces what the import then does to transactions and wallets, and writes nothing', async () => {
  const { click, member, network } = await createMemberWithClick()
  await post(`${network}/import`, [HEADER, `T1,${click},confirmed,100,05/01/2026`].join('\n'))
  expect(await readBalance(product.payload, member)).toBe(7_000)
  const file = [
    HEADER,
    `T1,${click},cancelled,100,05/01/2026`,
    `T2,${click},confirmed,50,06/01/2026`,
    // Of two lines with one id the later counts.
    `T3,${click},confirmed,900,06/01/2026`,
    `T3,${click},confirmed,10,06/01/2026`,
    `T4,,confirmed,10,06/01/2026`,
    `T5,,confirmed,much,06/01/2026`,
  ].join('\n')
  const before = await readState(network)
  const dry = await post(`${network}/import?dryRun=true`, file)
  expect(dry.body).toMatchObject({
    rows: 5,
    refused: 1,
    sheet: null,
    columns: HEADER.split(',').map((name) => ({ name, field: expect.any(String) as string })),
    effect: {
      created: 3,
      changed: 4,
      unattributed: 1,
      cashback: { INR: { credited: 4_200, takenBack: 7_000 } },
    },
  })
  expect(await readState(network)).toEqual(before)
  const done = await post(`${network}/import`, file)
  expect(done.body).toMatchObject({ changed: 4, unattributed: 1, refused: 1 })
  expect(await readBalance(product.payload, member)).toBe(7_000 + 4_200 - 7_000)
})

it('a workbook is imported as the same rows of text are, its dates in the zone of the account', async () => {
  const { click, member, network } = await createMemberWithClick()
  const texts = (number: number, cells: string) => `<row r="${number}">${cells}</row>`
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
  const rows =
    texts(1, text('Report')) +
    texts(3, HEADER.split(',').map(text).join('')) +
    texts(
      4,
      `${text('T1')}${text(click)}${text('confirmed')}<c><v>124.95</v></c><c s="1"><v>46027.5</v></c>`,
    ) +
    texts(
      5,
      `<c><v>1234567890123456789</v></c>${text(click)}${text('confirmed')}<c><v>1</v></c><c s="1"><v>46027</v></c>`,
    )
  const workbook = buildWorkbook({ formats: ['dd/mm/yyyy hh:mm'], sheets: [{ name: 'Jan', rows }] })
  const dry = await post(`${network}/import?dryRun=true`, workbook, WORKBOOK_TYPE)
  expect(dry.body).toMatchObject({
    sheet: 'Jan',
    errors: [{ line: 5, code: 'id.changed' }],
    sample: [{ eventAt: '2026-01-05T06:30:00.000Z', commissionMinor: 12_495 }],
  })
  const done = await post(`${network}/import`, workbook, WORKBOOK_TYPE)
  expect(done.body).toMatchObject({ rows: 1, changed: 1, refused: 1, quarantined: 1 })
  expect(await readBalance(product.payload, member)).toBe(8_747)

  // The stored page is text, so that it can be replayed.
  expect(
    await product.sql(
      `select body #>> '{}' as body from network_pages where network_id = '${network}'`,
    ),
  ).toMatchObject([
    { body: expect.stringContaining(`T1,${click},confirmed,124.95,2026-01-05 12:00:00`) as string },
  ])

  const paid = buildWorkbook({
    sheets: [
      {
        rows:
          texts(1, ['Transaction ID', 'Payout'].map(text).join('')) +
          texts(2, `${text('T1')}<c><v>124.95</v></c>`),
      },
    ],
  })
  const query = 'reference=R-1&paidAt=2026-03-01&currency=INR'
  const statement = await post(`${network}/statements?${query}&dryRun=true`, paid, WORKBOOK_TYPE)
  expect(statement.body).toMatchObject({
    matched: 1,
    totalMinor: 12_495,
    sheet: 'Sheet1',
    columns: [
      { name: 'Transaction ID', field: 'id' },
      { name: 'Payout', field: 'amount' },
    ],
  })
  expect(await post(`${network}/statements?${query}`, paid, WORKBOOK_TYPE)).toMatchObject({
    status: 201,
  })
})

it('a file above a limit, or no file of the two kinds, is refused with a code, and writes nothing', async () => {
  const { network } = await createMemberWithClick()
  const before = await readState(network)
  const tenMb = 'a,b\n'.repeat(2_500_000)
  const tooMany = 'a,1\n'.repeat(FILE_LIMITS.rows + 1)
  const statement = `${network}/statements?reference=R-1&paidAt=2026-03-01&currency=INR`
  for (const [path, body, type, code] of [
    [`${network}/import`, `${HEADER}\n${tenMb}`, 'text/csv', 'file.too-many-rows'],
    [`${network}/import`, ','.repeat(10_000_000), 'text/csv', 'file.too-many-columns'],
    [statement, `id,amount\n${tooMany}`, 'text/csv', 'file.too-many-rows'],
    [statement, ','.repeat(10_000_000), 'text/csv', 'file.too-many-columns'],
    [`${network}/import`, 'PK\u0003\u0004 no archive', WORKBOOK_TYPE, 'xlsx.malformed'],
    [`${network}/import`, HEADER, 'text/plain', 'request.malformed-body'],
  ] as const) {
    const answer = await post<{ errors: { code: string }[] }>(path, body, type)
    expect([answer.status, answer.body.errors[0]?.code]).toEqual([400, code])
  }
  expect(await readState(network)).toEqual(before)
})
