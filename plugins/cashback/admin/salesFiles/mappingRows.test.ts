import { csv, csvAdapter } from '../../../../src/cashback/networks/csv.ts'
import { csvMapping, exampleSettings } from '../../../../src/cashback/networks/csv/csvMapping.ts'
import { columnWords, NEEDED_COLUMNS } from './columnWords.ts'
import { mappingRows } from './mappingRows.ts'

const mapping = csvMapping.parse(exampleSettings.mapping)
const columns = csvMapping.shape.columns.shape

it('the words name every column that a mapping may have, and those that it needs', () => {
  expect(Object.keys(columnWords).sort()).toEqual(Object.keys(columns).sort())
  const needed = Object.entries(columns).filter(([, column]) => !column.isOptional())
  expect(needed.map(([name]) => name)).toEqual(NEEDED_COLUMNS)
})

it('the settings that admins begin with are taken, and read a file', () => {
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

it('a mapping is told in words: columns, their words for states, and how cells are written', () => {
  expect(mappingRows({ ...mapping, delimiter: ';', decimalSign: ',' })).toEqual([
    { ours: 'The network’s id of the sale', theirs: 'Transaction ID' },
    { ours: 'The shop’s order', theirs: 'Order ID' },
    { ours: 'Our click, as its link carried it', theirs: 'Sub ID' },
    { ours: 'The shop', theirs: 'Advertiser' },
    { ours: 'State', theirs: 'Status' },
    { ours: 'What was bought for', theirs: 'Order value' },
    { ours: 'Our commission', theirs: 'Commission' },
    { ours: 'When it was sold', theirs: 'Sold on' },
    { ours: 'Pending is called', theirs: 'Open' },
    { ours: 'Approved is called', theirs: 'Confirmed' },
    { ours: 'Declined is called', theirs: 'Cancelled' },
    { ours: 'Currency, where none is told', theirs: 'INR' },
    { ours: 'Between cells, and before decimals', theirs: 'semicolon, comma' },
    { ours: 'Days', theirs: 'day, month, year, UTC+05:30' },
  ])
})
