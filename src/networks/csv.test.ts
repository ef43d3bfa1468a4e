import fc from 'fast-check'

import { csv } from './csv.ts'
import { csvMapping } from './csv/csvMapping.ts'
import { csvErrors } from './csv/readCsv.ts'
import { NetworkError } from './NetworkError.ts'
import type { SaleRow } from './types.ts'

const mapping = csvMapping.parse({
  columns: {
    externalId: 'Transaction',
    orderId: 'Order',
    clickId: 'Sub ID',
    merchantName: 'Shop',
    status: 'State',
    sale: 'Sale',
    commission: 'Commission',
    currency: 'Currency',
    eventAt: 'Date',
    returnOf: 'Return of',
  },
  statuses: { open: 'pending', CONFIRMED: 'approved', cancelled: 'declined' },
  currency: 'EUR',
  dateOrder: 'dmy',
  utcOffset: '+05:30',
})
const HEADER = 'Transaction,Order,Sub ID,Shop,State,Sale,Commission,Currency,Date,Return of'
const GOOD = 'T1,O-1,clk1,"Corner, & Co",Open,"1,799.00",71.96,INR,20.10.2026 11:22:33,'
const network = csv({ mapping })
const read = (...lines: string[]) => network.readPage([HEADER, ...lines].join('\r\n'))

describe('a file', () => {
  it('is read as its mapping says', () => {
    const { rejected, rows, total } = read(GOOD)
    expect({ rejected, total }).toEqual({ rejected: [], total: 1 })
    expect(rows[0]).toMatchObject({
      externalId: 'T1',
      isIdMade: false,
      orderId: 'O-1',
      clickId: 'clk1',
      merchantName: 'Corner, & Co',
      status: 'pending',
      rawStatus: 'Open',
      saleMinor: 179_900,
      commissionMinor: 7_196,
      currency: 'INR',
      eventAt: '2026-10-20T05:52:33.000Z',
      returnOf: null,
    } satisfies Partial<SaleRow>)
  })

  it('may begin with a byte order mark, end without a line break and have empty lines', () => {
    expect(network.readPage(`\uFEFF${HEADER}\n\n${GOOD}\n\n${GOOD}`).rows).toHaveLength(2)
  })

  it('may have a return: negative, of an order', () => {
    expect(read('T2,O-2,clk1,Shop,confirmed,-25,-2.00,,2/1/2026,O-1').rows).toMatchObject([
      { commissionMinor: -200, saleMinor: -2_500, returnOf: 'O-1', currency: 'EUR' },
    ])
  })

  it('makes ids where it has none', () => {
    const [row, same] = read(
      GOOD.replace('T1', ''),
      GOOD.replace('T1', '').replace('71.96', '9'),
    ).rows
    expect(row?.isIdMade).toBe(true)
    expect(same?.externalId).toBe(row?.externalId)
  })

  it('keeps aside the lines that it cannot read, and lists them before anything is imported', () => {
    const page = read(GOOD, 'T2,O-2', GOOD.replace('71.96', 'much'), GOOD.replace('20.10', '31.02'))
    expect(page.rows).toHaveLength(1)
    expect(csvErrors(page)).toEqual([
      { line: 3, code: 'row.malformed', detail: expect.stringContaining('status') },
      { line: 4, code: 'money.malformed', detail: expect.stringContaining('much') },
      { line: 5, code: 'time.malformed', detail: expect.stringContaining('2026-02-31') },
    ])
  })

  it('pays nothing for a state that its mapping does not have', () => {
    expect(read(GOOD.replace('Open', 'constructor')).rows).toMatchObject([{ status: 'unknown' }])
  })

  it('may write as the Germans do', () => {
    const german = csv({ mapping: { ...mapping, delimiter: ';', decimalSign: ',' } })
    const line = 'T1;O-1;clk1;Shop;Open;1.799,00;71,96;EUR;20.10.2026;'
    expect(german.readPage(`${HEADER.replaceAll(',', ';')}\n${line}`).rows).toMatchObject([
      { saleMinor: 179_900, commissionMinor: 7_196, eventAt: '2026-10-19T18:30:00.000Z' },
    ])
  })

  it.each([
    ['a column that the mapping names is missing', 'Transaction,Order\nT1,O-1', /Sub ID/],
    ['nothing is in it', '', /column/],
    ['a quote does not end', `${HEADER}\n"T1,O-1`, /no CSV/],
    ['it is no text', { rows: [] }, /text/],
  ])('is refused as a whole where %s', (_why, text, message) => {
    expect(() => network.readPage(text)).toThrow(NetworkError)
    expect(() => network.readPage(text)).toThrow(message)
  })

  it('never breaks its reader, whatever stands in the cells', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string()), { maxLength: 5 }), (lines) => {
        const cells = lines.map((line) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`))
        const { rejected, rows, total } = read(...cells.map((line) => line.join(',')))
        expect(rows.length + rejected.length).toBe(total)
      }),
    )
  })
})

describe('a network of files', () => {
  it('is asked nothing', async () => {
    const window = { from: new Date(0), to: new Date(), by: 'event' as const }
    const { signal } = new AbortController()
    for await (const page of network.listSales(window, { signal })) expect(page).toBeUndefined()
  })

  it('has links by the parameters that are set', () => {
    const link = {
      trackingUrl: 'https://go.example.test/x',
      clickId: 'clk1',
      deepLink: 'http://a.test',
    }
    expect(csv({ mapping, clickParam: 'aff', deepLinkParam: 'to' }).buildLink(link)).toBe(
      'https://go.example.test/x?aff=clk1&to=http%3A%2F%2Fa.test%2F',
    )
  })

  it('believes no postback, and keeps what it was', () => {
    expect(network.readPostback({ id: '1' })).toMatchObject({
      row: null,
      eventId: expect.any(String),
    })
  })
})
