import fc from 'fast-check'

import { csv } from './csv.ts'
import { csvMapping } from './csv/csvMapping.ts'
import { listCsvErrors } from './csv/readCsv.ts'
import { NetworkError } from './NetworkError.ts'
import type { TransactionRow } from './types.ts'

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
    reversalOf: 'Return of',
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
  it('is read by its mapping', () => {
    const { rejected, rows, total } = read(GOOD)
    expect({ rejected, total }).toEqual({ rejected: [], total: 1 })
    expect(rows[0]).toMatchObject({
      externalId: 'T1',
      isIdGenerated: false,
      orderId: 'O-1',
      subId: 'clk1',
      programName: 'Corner, & Co',
      status: 'pending',
      rawStatus: 'Open',
      saleMinor: 179_900,
      commissionMinor: 7_196,
      currency: 'INR',
      eventAt: '2026-10-20T05:52:33.000Z',
      reversalOf: null,
    } satisfies Partial<TransactionRow>)
  })

  it('may begin with a byte order mark, end without a line break and contain empty lines', () => {
    expect(network.readPage(`\uFEFF${HEADER}\n\n${GOOD}\n\n${GOOD}`).rows).toHaveLength(2)
  })

  it('may contain a reversal: negative, with its order', () => {
    expect(read('T2,O-2,clk1,Shop,confirmed,-25,-2.00,,2/1/2026,O-1').rows).toMatchObject([
      { commissionMinor: -200, saleMinor: -2_500, reversalOf: 'O-1', currency: 'EUR' },
    ])
  })

  it('gets generated ids if it has none', () => {
    const [row, same] = read(
      GOOD.replace('T1', ''),
      GOOD.replace('T1', '').replace('71.96', '9'),
    ).rows
    expect(row?.isIdGenerated).toBe(true)
    expect(same?.externalId).toBe(row?.externalId)
  })

  it('rejects the lines that cannot be read, and lists them', () => {
    const page = read(GOOD, 'T2,O-2', GOOD.replace('71.96', 'much'), GOOD.replace('20.10', '31.02'))
    expect(page.rows).toHaveLength(1)
    expect(listCsvErrors(page)).toEqual([
      {
        line: 3,
        column: 'State',
        code: 'row.malformed',
        detail: expect.stringContaining('missing'),
      },
      {
        line: 4,
        column: 'Commission',
        code: 'money.malformed',
        detail: expect.stringContaining('much'),
      },
      {
        line: 5,
        column: 'Date',
        code: 'time.malformed',
        detail: expect.stringContaining('31.02.2026'),
      },
    ])
  })

  it('maps a status that its mapping lacks to unknown', () => {
    expect(read(GOOD.replace('Open', 'constructor')).rows).toMatchObject([{ status: 'unknown' }])
  })

  it('may use a decimal comma and semicolons', () => {
    const german = csv({ mapping: { ...mapping, delimiter: ';', decimalSign: ',' } })
    const line = 'T1;O-1;clk1;Shop;Open;1.799,00;71,96;EUR;20.10.2026;'
    expect(german.readPage(`${HEADER.replaceAll(',', ';')}\n${line}`).rows).toMatchObject([
      { saleMinor: 179_900, commissionMinor: 7_196, eventAt: '2026-10-19T18:30:00.000Z' },
    ])
  })

  it.each([
    ['a column of the mapping is missing', 'Transaction,Order\nT1,O-1', /Sub ID/],
    ['it is empty', '', /column/],
    ['a quote is not closed', `${HEADER}\n"T1,O-1`, /not valid CSV/],
    ['it is not text', { rows: [] }, /not text/],
  ])('is refused as a whole if %s', (_why, text, message) => {
    expect(() => network.readPage(text)).toThrow(NetworkError)
    expect(() => network.readPage(text)).toThrow(message)
  })

  it('is read or rejected line by line, whatever its cells contain', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string()), { maxLength: 5 }), (lines) => {
        const cells = lines.map((line) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`))
        const { rejected, rows, total } = read(...cells.map((line) => line.join(',')))
        expect(rows.length + rejected.length).toBe(total)
      }),
    )
  })
})

describe('a network that is read from files', () => {
  it('lists no pages', async () => {
    const window = { from: new Date(0), to: new Date(), by: 'event' as const }
    const { signal } = new AbortController()
    for await (const page of network.listTransactions(window, { signal }))
      expect(page).toBeUndefined()
  })

  it('builds links with the set parameters', () => {
    const link = {
      trackingUrl: 'https://go.example.test/x',
      clickId: 'clk1',
      deepLink: 'http://a.test',
    }
    expect(csv({ mapping, clickParam: 'aff', deepLinkParam: 'to' }).buildLink(link)).toBe(
      'https://go.example.test/x?aff=clk1&to=http%3A%2F%2Fa.test%2F',
    )
  })

  it('reads no row from a postback, and keeps it', () => {
    expect(network.readPostback({ id: '1' })).toMatchObject({
      row: null,
      eventId: expect.any(String),
    })
  })
})
