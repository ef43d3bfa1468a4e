import { utils, type WorkBook, write } from '@e965/xlsx'

import { buildWorkbook, listParts } from '../../../test/support/buildWorkbook.ts'
import { buildZip } from '../../../test/support/buildZip.ts'
import { FILE_LIMITS } from '../limits.ts'
import { convertWorkbook, isWorkbook } from './convertWorkbook.ts'

const options = {
  delimiter: ',',
  decimalSign: '.',
  maxPreamble: 20,
  findHeader: (cells: string[]) => (cells.includes('Id') ? { ids: [cells.indexOf('Id')] } : null),
} as const
const convert = (bytes: Uint8Array) => convertWorkbook(bytes, options)
const textOf = async (bytes: Uint8Array) => (await convert(bytes)).text

/** A cell of raw XML, at a place such as `B2`. */
const cell = (place: string, value: number | string, attributes = '') =>
  `<c r="${place}" ${attributes}><v>${value}</v></c>`
const words = (place: string, text: string) =>
  `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`
const row = (number: number, ...cells: string[]) => `<row r="${number}">${cells.join('')}</row>`
const HEADER = row(1, words('A1', 'Id'), words('B1', 'Amount'), words('C1', 'Date'))

describe('a workbook that a library wrote', () => {
  const save = (book: WorkBook): Uint8Array =>
    new Uint8Array(write(book, { type: 'array', bookType: 'xlsx', bookSST: true }) as ArrayBuffer)
  const bookOf = (...sheets: [name: string, rows: unknown[][]][]): WorkBook => {
    const book = utils.book_new()
    for (const [name, rows] of sheets) {
      utils.book_append_sheet(book, utils.aoa_to_sheet(rows, { cellDates: true, UTC: true }), name)
    }
    return book
  }

  it('is read as the same rows of text', async () => {
    const day = new Date('2026-11-05T10:00:00Z')
    const book = bookOf([
      'November',
      [
        ['Report of November'],
        [],
        ['Id', 'Shop', 'Amount', 'Date', 'Paid'],
        ['A-1', 'Café, "Vayu"\nDelhi', 124.95, day, true],
        [],
        ['00012', null, -3, day, false],
      ],
    ])
    expect(await convert(save(book))).toEqual({
      sheet: 'November',
      text: [
        'Report of November',
        '',
        'Id,Shop,Amount,Date,Paid',
        'A-1,"Café, ""Vayu"" Delhi",124.95,2026-11-05 10:00:00,TRUE',
        '',
        '00012,,-3,2026-11-05 10:00:00,FALSE',
      ].join('\n'),
    })
  })

  it('gives the first visible sheet that has the header', async () => {
    const book = bookOf(
      ['Cover', [['Dear partner'], ['see below']]],
      ['Old', [['Id'], ['hidden']]],
      ['Rows', [['Id'], ['right']]],
      ['More', [['Id'], ['second']]],
    )
    book.Workbook = { Sheets: [{}, { Hidden: 1 }, {}, {}] }
    expect(await convert(save(book))).toEqual({ sheet: 'Rows', text: 'Id\nright' })
  })

  it('without the header on any sheet gives the first that has rows, to be refused with its reason', async () => {
    const book = bookOf(['Empty', []], ['Notes', [['Nothing'], ['here']]])
    expect(await convert(save(book))).toEqual({ sheet: 'Notes', text: 'Nothing\nhere' })
  })

  it('gives the values that are stored with formulas', async () => {
    const sheet = utils.aoa_to_sheet([
      ['Id', 'Amount'],
      ['A', 0],
    ])
    sheet.B2 = { t: 'n', f: 'SUM(1,2)', v: 3 }
    const book = utils.book_new()
    utils.book_append_sheet(book, sheet, 'One')
    expect(await textOf(save(book))).toBe('Id,Amount\nA,3')
  })

  it('gives the days of the system of 1904', async () => {
    const book = bookOf([
      'One',
      [
        ['Id', 'Date'],
        ['A', new Date('2026-11-05T00:00:00Z')],
      ],
    ])
    book.Workbook = { WBProps: { date1904: true } }
    expect(await textOf(save(book))).toBe('Id,Date\nA,2026-11-05')
  })
})

describe('a workbook of raw XML', () => {
  it('is read with runs of text, readings left out, escapes, gaps, and formats', async () => {
    const bytes = buildWorkbook({
      texts: `<si><r><t>Vayu </t></r><r><rPr><b/></rPr><t xml:space="preserve">Ele&amp;</t></r><rPh sb="0" eb="1"><t>reading</t></rPh></si><si><t>a_x000D_b</t></si>`,
      formats: ['dd/mm/yyyy hh:mm', '00000', '[$€-407]#,##0.00'],
      sheets: [
        {
          rows: [
            HEADER,
            row(4, cell('A4', 0, 't="s"'), cell('C4', 46331.5, 's="1"')),
            row(5, cell('A5', 12, 's="2"'), cell('B5', 12.5, 's="3"'), cell('D5', 1, 't="s"')),
            '<row><c t="str"><f>""</f><v></v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>',
            row(9, cell('C9', '2026-11-05T10:00:00', 't="d"')),
          ].join(''),
        },
      ],
    })
    expect(await textOf(bytes)).toBe(
      [
        'Id,Amount,Date',
        '',
        '',
        'Vayu Ele&,,2026-11-05 12:00:00',
        '00012,€ 12.5,,a b',
        ',TRUE,#N/A',
        '',
        '',
        ',,2026-11-05 10:00:00',
      ].join('\n'),
    )
  })

  it('with an id of more than 15 digits, or one that became a date, gives what readers of ids refuse', async () => {
    const bytes = buildWorkbook({
      formats: ['d-mmm'],
      sheets: [
        {
          rows: [
            HEADER,
            row(2, cell('A2', '1234567890123456789')),
            row(3, cell('A3', 46027, 's="1"'), words('B3', ''), cell('C3', 46027, 's="1"')),
          ].join(''),
        },
      ],
    })
    expect((await textOf(bytes)).split('\n').slice(1)).toEqual([
      '1.23456789012346E+18',
      '4.60270000000000E+4,,2026-01-05',
    ])
  })

  it('with a formula that was never calculated is refused: its value is unknown, not empty', async () => {
    const rows = HEADER + row(2, words('A2', 'A'), '<c r="B2"><f>1+1</f></c>')
    await expect(convert(buildWorkbook({ sheets: [{ rows }] }))).rejects.toMatchObject({
      code: 'xlsx.formula-without-value',
      message: expect.stringContaining('Line 2') as string,
    })
  })
})

describe('a hostile workbook is refused', () => {
  const many = (count: number, make: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => make(at)).join('')
  const sheetOf = (rows: string, more: { prolog?: string; texts?: string } = {}) =>
    buildWorkbook({ sheets: [{ rows }], ...more })
  const LAUGHS = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>`
  const parts = listParts({ sheets: [{ rows: HEADER }] })
  const asZip = (more: [string, Buffer | string, number?][]) =>
    buildZip([
      ...parts
        .filter(([name]) => more.every(([other]) => other !== name))
        .map(([name, content]) => ({ name, content })),
      ...more.map(([name, content, statedSize]) => ({
        name,
        content,
        ...(statedSize === undefined ? {} : { statedSize }),
      })),
    ])
  const bomb = Buffer.concat([
    Buffer.from('<worksheet><sheetData>'),
    Buffer.alloc(FILE_LIMITS.unpacked + 1, ' '),
  ])

  const FILES: [name: string, bytes: () => Uint8Array, code: string][] = [
    [
      'that unpacks to more than its limit',
      () => asZip([['xl/worksheets/s1.xml', bomb]]),
      'file.too-large',
    ],
    [
      'that states a small size for a large part',
      () => asZip([['xl/worksheets/s1.xml', bomb, 100]]),
      'file.too-large',
    ],
    [
      'with a document type that defines entities',
      () => sheetOf(HEADER, { prolog: LAUGHS }),
      'xlsx.malformed',
    ],
    [
      'with an entity that nothing defines',
      () => sheetOf(row(1, words('A1', '&a;'))),
      'xlsx.malformed',
    ],
    [
      'with a long document type',
      () => sheetOf(HEADER, { prolog: `<!DOCTYPE x [${' '.repeat(200_000)}]>` }),
      'xlsx.malformed',
    ],
    ['with deep XML', () => sheetOf(many(50_000, () => '<a>')), 'xlsx.malformed'],
    [
      'with an element of many attributes',
      () => sheetOf(`<row ${many(100_000, (at) => `a${at}="" `)}/>`),
      'xlsx.malformed',
    ],
    ['with a long attribute', () => sheetOf(`<row r="${'1'.repeat(300_000)}"/>`), 'xlsx.malformed'],
    ['with half of its XML', () => sheetOf('<row>'), 'xlsx.malformed'],
    [
      'with many shared texts',
      () => sheetOf(HEADER, { texts: '<si/>'.repeat(500_001) }),
      'file.too-large',
    ],
    [
      'with a huge shared text',
      () => sheetOf(HEADER, { texts: `<si><t>${'x'.repeat(200_000)}</t></si>` }),
      'file.too-large',
    ],
    [
      'that repeats a long shared text',
      () =>
        sheetOf(HEADER + many(2_000, (at) => row(at + 2, cell(`A${at + 2}`, 0, 't="s"'))), {
          texts: `<si><t>${'x'.repeat(32_000)}</t></si>`,
        }),
      'file.too-large',
    ],
    [
      'with a huge cell',
      () => sheetOf(row(1, words('A1', 'x'.repeat(40_000)))),
      'file.cell-too-long',
    ],
    ['with many columns', () => sheetOf(row(1, words('GS1', 'x'))), 'file.too-many-columns'],
    [
      'with many rows',
      () => sheetOf(HEADER + many(50_030, (at) => row(at + 2, words(`A${at + 2}`, 'x')))),
      'file.too-many-rows',
    ],
    [
      'with a row beyond the last',
      () => sheetOf(row(99_999_999, words('A1', 'x'))),
      'xlsx.malformed',
    ],
    [
      'with rows in disorder',
      () => sheetOf(row(2, words('A2', 'x')) + row(1, words('A1', 'x'))),
      'xlsx.malformed',
    ],
    [
      'with a cell that has no place',
      () => sheetOf('<row><c r="__proto__"><v>1</v></c></row>'),
      'xlsx.malformed',
    ],
    ['with a number that is none', () => sheetOf(row(1, cell('A1', 'Infinity'))), 'xlsx.malformed'],
    [
      'with a text that is missing',
      () => sheetOf(row(1, cell('A1', 7, 't="s"'))),
      'xlsx.malformed',
    ],
    [
      'with a part twice',
      () =>
        asZip([
          ['a', ''],
          ['A', ''],
        ]),
      'xlsx.malformed',
    ],
    ['without a workbook inside', () => buildZip([{ name: 'a', content: '' }]), 'xlsx.malformed'],
    [
      'of many parts',
      () => asZip(Array.from({ length: 1_001 }, (_, at) => [`${at}`, ''])),
      'xlsx.malformed',
    ],
    [
      'in the binary form',
      () => asZip([['_rels/.rels', (parts[0]?.[1] ?? '').replace('.xml"', '.bin"')]]),
      'xlsx.malformed',
    ],
    ['without sheets', () => buildWorkbook({ sheets: [] }), 'csv.empty'],
    ['cut in half', () => sheetOf(HEADER).subarray(0, 400), 'xlsx.malformed'],
  ]

  it.each(FILES)('%s', async (_, bytes, code) => {
    await expect(convert(bytes())).rejects.toMatchObject({ name: 'DomainError', code })
  })

  it('of the old form, or with a password, with words that say so', () => {
    expect(() => isWorkbook(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toThrow(
      expect.objectContaining({ code: 'xlsx.old-form' }),
    )
    expect(isWorkbook(Buffer.from('Id,Date'))).toBe(false)
  })
})
