import { NetworkError } from '../NetworkError.ts'
import { csvMapping } from './csvMapping.ts'
import { listCsvErrors, readCsv } from './readCsv.ts'

const mapping = csvMapping.parse({
  columns: {
    externalId: 'Transaction ID',
    orderId: 'Order ID',
    clickId: 'Sub ID',
    merchantName: 'Shop',
    status: 'Status',
    sale: 'Sale',
    commission: 'Commission',
    currency: 'Currency',
    eventAt: 'Sold on',
    changedAt: 'Changed',
  },
  statuses: { Open: 'pending', Confirmed: 'approved', Cancelled: 'declined' },
  currency: 'INR',
  dateOrder: 'dmy',
})
const HEADER = 'Transaction ID,Order ID,Sub ID,Shop,Status,Sale,Commission,Currency,Sold on,Changed'
const GOOD = 'T1,O1,c1,Corner,Confirmed,100.00,10.00,INR,20/11/2026,'
const read = (...lines: string[]) => readCsv([HEADER, ...lines].join('\n'), mapping)
const codes = (...lines: string[]) =>
  listCsvErrors(read(...lines)).map(({ code, column, line }) => [line, code, column])

describe('the header of a file', () => {
  it.each([
    ['in other cases and signs', 'TRANSACTION_ID,order-id,SubID,shop,status,SALE,commission'],
    [
      'with spaces and marks',
      '\ufeff Transaction ID ,Order\u00a0ID,"Sub ID",Shop,Status,Sale,Commission',
    ],
  ])('is found %s', (_how, names) => {
    const page = readCsv(`${names},Currency,Sold on,Changed\n${GOOD}`, mapping)
    expect(page.rows).toMatchObject([{ externalId: 'T1', subId: 'c1', commissionMinor: 1_000 }])
  })

  it.each(['Commission', 'commission', ' COMMISSION ', 'Com-mission'])(
    'with a needed column twice refuses the file: %j',
    (name) => {
      const text = `${HEADER},${name}\n${GOOD},905.40`
      expect(() => readCsv(text, mapping)).toThrow(NetworkError)
      expect(() => readCsv(text, mapping)).toThrow('Commission twice')
    },
  )

  it('may have a column twice that is not needed', () => {
    expect(readCsv(`${HEADER},Note,Note\n${GOOD},a,b`, mapping).rows).toHaveLength(1)
  })

  it('may stand below a title and sep=', () => {
    const text = ['sep=;', 'Report of November', '', HEADER, GOOD].join('\r\n').replaceAll(',', ';')
    expect(readCsv(text, mapping).rows).toHaveLength(1)
  })

  it('that is repeated is refused as a line, with the columns elsewhere as the whole file', () => {
    expect(codes(GOOD, HEADER, GOOD)).toEqual([[3, 'row.header', null]])
    const swapped = HEADER.replace('Sale,Commission', 'Commission,Sale')
    expect(() => read(GOOD, swapped, GOOD)).toThrow('line 3 is another header')
  })
})

describe('a line of a file', () => {
  it.each([
    [
      'a number with the delimiter in it',
      'T1,O1,c1,Corner,Confirmed,1,234.50,10.00,INR,20/11/2026,x',
      'row.extra-cells',
      null,
    ],
    [
      'a quote that swallows the next line',
      `T1,O1,c1,"Corner,Confirmed,100.00,10.00,INR,20/11/2026,\nT2,O2,c1,"Shop",Confirmed,100.00,10.00,INR,20/11/2026,`,
      'row.open-quote',
      null,
    ],
    [
      'a formula that is cut by the delimiter',
      '="T,1",O1,c1,Corner,Confirmed,100.00,10.00,INR,20/11/2026',
      'money.unknown-currency',
      'Currency',
    ],
    ['an id in scientific notation', GOOD.replace('O1', '1.23E+15'), 'id.changed', 'Order ID'],
    ['two ids in one cell', GOOD.replace('O1', '"O1\nO2"'), 'id.malformed', 'Order ID'],
    ['an unreadable optional time', `${GOOD}27/11/2026 9`, 'time.malformed', 'Changed'],
    [
      'an unreadable optional amount',
      GOOD.replace('100.00', 'about 100'),
      'money.malformed',
      'Sale',
    ],
    [
      'an error of a spreadsheet as an amount',
      GOOD.replace('100.00', '#REF!'),
      'money.malformed',
      'Sale',
    ],
    [
      'another currency beside the number',
      GOOD.replace('10.00', '$10.00'),
      'money.other-currency',
      'Commission',
    ],
    [
      'a sign of several currencies',
      GOOD.replace('INR', '$'),
      'money.unknown-currency',
      'Currency',
    ],
    ['a total with all cells', GOOD.replace('T1,O1,c1', 'Total,,'), 'row.total', null],
    ['a total in the first cell', 'Grand Total (INR):,,,,,,20.00,,,', 'row.total', null],
    ['no status', GOOD.replace('Confirmed', 'N/A'), 'row.malformed', 'Status'],
  ])('with %s is refused: %s', (_what, line, code, column) => {
    const [first] = listCsvErrors(read(line))
    expect([first?.code, first?.column]).toEqual([code, column])
    expect(read(line).rows).toEqual([])
  })

  it('may lack trailing cells, and may have empty ones beyond the header', () => {
    expect(read(GOOD.replace(/,$/, ''), `${GOOD},,,`).rejected).toEqual([])
  })

  it('of a shop that is called Total is read', () => {
    expect(read(GOOD.replace('Corner', 'Total')).rows).toHaveLength(1)
    const shopFirst = readCsv(
      'Shop,Transaction ID,Order ID,Sub ID,Status,Sale,Commission,Currency,Sold on,Changed\nTotal,T1,O1,c1,Confirmed,100.00,10.00,INR,20/11/2026,',
      mapping,
    )
    expect(shopFirst.rows).toHaveLength(1)
  })

  it.each([
    ['₹', 'INR'],
    ['Rs.', 'INR'],
    ['€', 'EUR'],
    ['usd', 'USD'],
    ['', 'INR'],
  ])('has the currency of %j: %s', (cell, currency) => {
    expect(read(GOOD.replace('INR', cell)).rows).toMatchObject([{ currency }])
  })

  it('of a reversal without an id does not get the id of its order', () => {
    const [order, reversal] = read(
      GOOD.replace('T1', ''),
      GOOD.replace('T1', '').replace('10.00', '-4.00'),
    ).rows
    expect(reversal?.externalId).not.toBe(order?.externalId)
  })
})

describe('what the whole file shows', () => {
  const withAmounts = (...amounts: string[]) =>
    codes(...amounts.map((amount, at) => GOOD.replace('T1', `T${at}`).replace('10.00', amount)))
  const withDates = (...dates: string[]) =>
    codes(...dates.map((date, at) => GOOD.replace('T1', `T${at}`).replace('20/11/2026', date)))
  const withIds = (...ids: string[]) => codes(...ids.map((id) => GOOD.replace('T1', id)))

  it('refuses an amount of either convention beside one of the other', () => {
    expect(withAmounts('"1,234"', '7.50')).toEqual([])
    expect(withAmounts('"1,234"', '"7,50"')).toEqual([
      [2, 'money.malformed', 'Commission'],
      [3, 'money.malformed', 'Commission'],
    ])
    expect(withAmounts('7.50', '"7,50"')).toEqual([[3, 'money.malformed', 'Commission']])
  })

  it('refuses a date of either order beside one of the other', () => {
    expect(withDates('05/11/2026', '27/11/2026')).toEqual([])
    expect(withDates('05/11/2026', '11/27/2026', '27/11/2026')).toEqual([
      [2, 'time.ambiguous', 'Sold on'],
      [3, 'time.malformed', 'Sold on'],
    ])
  })

  it('refuses long ids that all end in zeros', () => {
    const rounded = [1, 2, 3, 4, 5].map((n) => `12345678901234${n}000`)
    expect(withIds(...rounded).map(([, code]) => code)).toEqual(Array(5).fill('id.changed'))
    expect(withIds(...rounded, '123456789012345678')).toEqual([])
    expect(withIds(...rounded.slice(1))).toEqual([])
  })

  it('is kept with a page that is read again alone', () => {
    const page = `findings=amounts,dates\n${HEADER}\n${GOOD.replace('10.00', '"1,234"')}\n${GOOD.replace('20/11', '05/11')}`
    const again = readCsv(page, mapping)
    expect(again.raw).toBe(page)
    expect(listCsvErrors(again)).toMatchObject([
      { line: 2, code: 'money.malformed' },
      { line: 3, code: 'time.ambiguous' },
    ])
  })
})
