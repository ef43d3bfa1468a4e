import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { buildWorkbook } from '../../../../test/support/buildWorkbook.ts'
import { FILE_LIMITS } from '../../files/limits.ts'
import type { CsvMapping } from '../../networks/csv/csvMapping.ts'
import { readPayoutInThread, readTransactionsInThread } from './readFileInThread.ts'

const MB = 1024 * 1024
const mapping: CsvMapping = {
  columns: { externalId: 'Id', status: 'State', commission: 'Commission', eventAt: 'Date' },
  statuses: { open: 'pending' },
  currency: 'INR',
  delimiter: ',',
  decimalSign: '.',
  dateOrder: 'ymd',
  utcOffset: '+00:00',
}
const HEADER = 'Id,State,Commission,Date\n'
const linesOf = (count: number) =>
  Array.from({ length: count }, (_, at) => `T${at},open,1.50,2026-01-05`).join('\n')
const read = (file: Buffer | string, options = {}) =>
  readTransactionsInThread({ bytes: new Uint8Array(Buffer.from(file)), mapping }, options)
const payout = { currency: 'INR', mapping: {}, paidAt: '2026-01-05' }

describe('a file is refused as soon as it is more than a file may be', () => {
  const tenMb = (text: string) => text.repeat(Math.floor((10 * MB) / text.length))
  const wide = Array.from({ length: 201 }, (_, at) => `c${at}`).join(',')
  const FILES: [name: string, file: () => Buffer | string, code: string][] = [
    ['2.4 million short rows', () => HEADER + tenMb('a,b\n'), 'file.too-many-rows'],
    ['2.4 million short rows without a header', () => tenMb('1,2\n'), 'csv.missing-column'],
    ['one line of commas', () => tenMb(','), 'file.too-many-columns'],
    ['one row above the limit', () => HEADER + linesOf(FILE_LIMITS.rows + 1), 'file.too-many-rows'],
    ['201 columns', () => `${wide}\n`, 'file.too-many-columns'],
    ['one cell of 10 MB', () => HEADER + tenMb('x'), 'file.cell-too-long'],
    ['an open quote and 10 MB behind it', () => `${HEADER}"${tenMb('x\n')}`, 'file.cell-too-long'],
    ['a header of long names', () => `${'x'.repeat(30_000)},${HEADER}`, 'file.header-too-long'],
    ['10 MB of empty lines', () => tenMb('\n'), 'csv.empty'],
    ['10 MB of NUL', () => Buffer.alloc(10 * MB), 'csv.nul-byte'],
  ]

  it.each(FILES)('%s', async (_, file, code) => {
    await expect(read(file())).rejects.toMatchObject({ name: 'DomainError', code })
  })

  it.each(FILES.filter(([, , code]) => code.startsWith('file.too-many')))(
    'as a statement: %s',
    async (_, file) => {
      const bytes = new Uint8Array(Buffer.from(file()))
      await expect(readPayoutInThread({ bytes, options: payout })).rejects.toMatchObject({
        name: 'DomainError',
      })
    },
  )
})

it('a file of as many rows as a file may have is read whole', async () => {
  const found = await read(HEADER + linesOf(FILE_LIMITS.rows))
  expect(found).toMatchObject({ rows: FILE_LIMITS.rows, refused: 0, sheet: null })
  expect(found.pages).toHaveLength(FILE_LIMITS.rows / 1_000)
})

it('of many unreadable lines the first are listed and all are counted', async () => {
  const found = await read(HEADER + 'T,open,much,2026-01-05\n'.repeat(2_000))
  expect(found).toMatchObject({ rows: 0, refused: 2_000 })
  expect(found.errors).toHaveLength(FILE_LIMITS.errors)
  expect(found.errors.at(-1)).toMatchObject({ line: FILE_LIMITS.errors + 1 })
})

it('the columns are listed with what they were taken for', async () => {
  const found = await read('Report\nId,State,Note,Commission,Date\nT,open,,1,2026-01-05\n')
  expect(found.columns).toEqual([
    { name: 'Id', field: 'externalId' },
    { name: 'State', field: 'status' },
    { name: 'Note', field: null },
    { name: 'Commission', field: 'commission' },
    { name: 'Date', field: 'eventAt' },
  ])
})

it('a workbook is read like the CSV of its rows', async () => {
  const cells = (number: number, ...texts: string[]) =>
    `<row r="${number}">${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`
  const rows =
    cells(2, 'Id', 'State', 'Commission', 'Date') + cells(5, 'T1', 'open', '12.50', '2026-01-05')
  const [workbook, csv] = [
    await read(buildWorkbook({ sheets: [{ name: 'Rows', rows }] })),
    await read(`\n${HEADER}\n\nT1,open,12.50,2026-01-05`),
  ]
  expect(workbook).toEqual({ ...csv, pages: expect.anything() as unknown, sheet: 'Rows' })
  expect(workbook.pages[0]?.rows).toEqual(csv.pages[0]?.rows)
  expect(workbook.pages[0]?.rows).toMatchObject([{ externalId: 'T1', raw: { line: 5 } }])
})

it('requests are answered while a file is read', async () => {
  const server = createServer((_, response) => response.end('up'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const state = { isReading: true, answered: 0 }
  const reading = read(HEADER + linesOf(FILE_LIMITS.rows)).finally(() => {
    state.isReading = false
  })
  while (state.isReading) {
    await (await fetch(url)).text()
    state.answered += 1
  }
  await reading
  server.closeAllConnections()
  server.close()
  // Fewer than one for each page would mean that pages keep requests waiting.
  expect(state.answered).toBeGreaterThan(50)
})

it('a thread that takes too long, or has no memory left, is ended, and the next file is read', async () => {
  const large = HEADER + linesOf(FILE_LIMITS.rows)
  await expect(read(large, { timeoutMs: 1 })).rejects.toMatchObject({ code: 'file.too-slow' })
  await expect(read(large, { heapMb: 4 })).rejects.toMatchObject({ code: 'file.too-large' })
  expect(await read(HEADER + linesOf(1))).toMatchObject({ rows: 1 })
})

it('a thread is ended with its request', async () => {
  const controller = new AbortController()
  const reading = read(HEADER + linesOf(FILE_LIMITS.rows), { signal: controller.signal })
  controller.abort()
  await expect(reading).rejects.toMatchObject({ code: 'request.stopped' })
})

it('of many files at once one is read at a time, some wait, and the others are refused', async () => {
  const all = await Promise.allSettled(Array.from({ length: 8 }, () => read(HEADER + linesOf(1))))
  expect(all.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 5 }, () => 'fulfilled'),
    ...Array.from({ length: 3 }, () => 'rejected'),
  ])
  expect(all.at(-1)).toMatchObject({ reason: { code: 'request.too-many' } })
})
