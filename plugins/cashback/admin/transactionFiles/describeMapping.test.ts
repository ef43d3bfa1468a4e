import { csv, csvAdapter } from '../../../../src/cashback/networks/csv.ts'
import { csvMapping, exampleSettings } from '../../../../src/cashback/networks/csv/csvMapping.ts'
import { COLUMN_LABELS, NEEDED_COLUMNS } from './columnLabels.ts'
import { describeMapping } from './describeMapping.ts'

const mapping = csvMapping.parse(exampleSettings.mapping)
const columns = csvMapping.shape.columns.shape

it('the labels cover every column of a mapping, and the required ones match the schema', () => {
  expect(Object.keys(COLUMN_LABELS).sort()).toEqual(Object.keys(columns).sort())
  const needed = Object.entries(columns).filter(([, column]) => !column.isOptional())
  expect(needed.map(([name]) => name)).toEqual(NEEDED_COLUMNS)
})

it('the example settings are valid and read a file', () => {
  expect(csvAdapter.settings.safeParse(exampleSettings).success).toBe(true)
  const file = [
    Object.values(exampleSettings.mapping.columns).join(','),
    'T1,O1,c1,Corner & Co,confirmed,"2499.00",124.95,05/11/2026 10:00:00',
  ].join('\n')
  expect(csv({ mapping }).readPage(file)).toMatchObject({
    rejected: [],
    rows: [{ status: 'approved', commissionMinor: 12_495, eventAt: '2026-11-05T04:30:00.000Z' }],
  })
})

it('a mapping is described with its columns, its statuses and its formats', () => {
  expect(describeMapping({ ...mapping, delimiter: ';', decimalSign: ',' })).toEqual([
    { ours: 'The network’s id of the transaction', theirs: 'Transaction ID' },
    { ours: 'Order number', theirs: 'Order ID' },
    { ours: 'Our click id, as the sub-id', theirs: 'Sub ID' },
    { ours: 'Merchant', theirs: 'Advertiser' },
    { ours: 'Status', theirs: 'Status' },
    { ours: 'Transaction value', theirs: 'Order value' },
    { ours: 'Our commission', theirs: 'Commission' },
    { ours: 'Time of the transaction', theirs: 'Sold on' },
    { ours: 'Pending is called', theirs: 'Open' },
    { ours: 'Approved is called', theirs: 'Confirmed' },
    { ours: 'Declined is called', theirs: 'Cancelled' },
    { ours: 'Currency, if a line has none', theirs: 'INR' },
    { ours: 'Delimiter and decimal sign', theirs: 'semicolon, comma' },
    { ours: 'Dates', theirs: 'day, month, year, UTC+05:30' },
  ])
})
