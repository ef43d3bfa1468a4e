import type { NetworksOverview } from '../../plugins/cashback/admin/networks/loadOverview.ts'
import { type Product, startProduct } from '../support/startProduct.ts'
import { codeOfLine, openFileNetwork } from './fileNetwork.ts'
import { type Case, readCase } from './readCase.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const open = (found: Case<unknown>) =>
  openFileNetwork(product, found.json('settings.json') as object)

it('case 01: an amount of the other convention is refused, and the others are credited', async () => {
  const found = readCase<Record<'A1' | 'A2' | 'A3', string>>('01-decimal-comma-mixed')
  const network = await open(found)
  const { body } = await network.importText(found.text('sales.csv'))
  const read = await network.transaction('A1')
  expect(`commission ${read?.commission}, credit ${read?.credit}`).toBe(found.expected.A1)
  for (const [id, line] of [
    ['A2', 3],
    ['A3', 4],
  ] as const) {
    expect(found.expected[id]).toContain(`refused ${codeOfLine(body, line)}`)
    expect(await network.transaction(id)).toBeUndefined()
  }
  expect(await network.wallet('EUR')).toBe(875)
})

it('case 02: a file that has a needed column twice is refused, and nothing is credited', async () => {
  const found = readCase<{ file: string; wallet: number }>('02-duplicate-header')
  const network = await open(found)
  for (const query of ['?dryRun=true', '']) {
    const { body, status } = await network.importText(found.text('sales.csv'), query)
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain('the column Commission')
    expect(JSON.stringify(body)).toContain('twice')
  }
  expect(await network.wallet('EUR')).toBe(found.expected.wallet)
})

it('case 04: spaces as thousands sign and a currency beside the number are read', async () => {
  const found = readCase<Record<string, number>>('04-thousands-and-currency-words')
  const network = await open(found)
  const { body } = await network.importText(found.text('sales.csv'))
  expect(body.errors).toEqual([])
  for (const [id, commission] of Object.entries(found.expected)) {
    expect([id, (await network.transaction(id))?.commission]).toEqual([id, commission])
  }
})

it('case 06: the times that spreadsheets write are read, or refused if they are ambiguous', async () => {
  const found = readCase('06-spreadsheet-times')
  const network = await open(found)
  const { body } = await network.importText(found.text('sales.csv'))
  for (const [at, [id, expected]] of Object.entries(found.expected).entries()) {
    const read = (await network.transaction(id))?.eventAt
    const refused = codeOfLine(body, at + 2)
    if (refused && expected.endsWith(' or refused')) continue
    expect([id, read]).toEqual([id, expected.replace(' or refused', '')])
  }
})

it('case 08: a repeated header and a total are refused, and the lines beside them are read', async () => {
  const found = readCase<{ rows: number; refused: number[]; wallet: number }>(
    '08-repeated-header-totals',
  )
  const network = await open(found)
  const { body } = await network.importText(found.text('sales.csv'))
  expect({
    rows: body.rows,
    refused: body.errors.map(({ line }) => line),
    wallet: await network.wallet('EUR'),
  }).toEqual(found.expected)
})

it('case 27: ids that are written as formulas are read without them', async () => {
  const found = readCase('27-ids-as-formulas')
  const network = await open(found)
  const quoted = await network.importText(found.text('a-quoted.csv'))
  expect(quoted.body.errors).toEqual([])
  expect(await network.transaction('00123')).toMatchObject({
    orderId: 'O-9',
    member: network.member,
    credit: 700,
  })
  const bare = await network.importText(found.text('b-bare.csv'))
  expect(bare.status).toBe(200)
  expect(await network.transaction('00124')).toMatchObject({ orderId: 'O-10', credit: 700 })
})

it('case 28: unmapped statuses are listed with counts in the dry run, the import and the overview', async () => {
  const found = readCase('28-unknown-states-untold')
  const network = await open(found)
  const unmappedStatuses = [
    { status: 'Locked', count: 1 },
    { status: 'Validated', count: 1 },
  ]
  for (const query of ['?dryRun=true', '']) {
    const { body } = await network.importText(found.text('sales.csv'), query)
    expect(body).toMatchObject({ unmappedStatuses, refused: 0 })
  }
  const { body } = await product.rest<NetworksOverview>('GET', '/api/networks/overview', {
    authorization: network.finance,
  })
  expect(body.networks.find(({ id }) => id === network.network)).toMatchObject({ unmappedStatuses })
})

it('case 29: an older file does not override a newer decline, whatever the form of its times', async () => {
  const found = readCase<{ event: string; wallet: number }>('29-time-of-change-dropped')
  const network = await open(found)
  for (const file of ['1-newer.csv', '2-older.csv']) {
    const { body } = await network.importText(found.text(file))
    expect(body.errors).toEqual([])
  }
  expect((await network.transaction('K1'))?.event).toBe(found.expected.event)
  expect(await network.wallet('INR')).toBe(found.expected.wallet)
})

it('case 30: words for no amount leave the order value unknown, and the commission is read', async () => {
  const found = readCase('30-dash-for-no-amount')
  const network = await open(found)
  const { body } = await network.importText(found.text('sales.csv'))
  expect(body.errors).toEqual([])
  for (const id of ['N1', 'N2', 'N3']) {
    const { commission, sale } = (await network.transaction(id)) ?? {}
    expect(`commission ${commission}, sale ${sale ?? 'unknown'}`).toBe(found.expected['N1,N2,N3'])
  }
})

it('case 31: marks, spaces and capitals around values change nothing', async () => {
  const found = readCase<Record<string, number | string>>('31-letters-and-blanks')
  const network = await open(found)
  await network.importText(found.text('sales.csv'))
  expect(await network.wallet('INR')).toBe(found.expected.credited)
  const again = await network.importText(found.text('sales.csv'))
  expect(`changed ${again.body.changed}`).toBe(found.expected['same file again'])
})
