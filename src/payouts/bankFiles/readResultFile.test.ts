import { buildWorkbook } from '../../../test/support/buildWorkbook.ts'
import type { DomainError } from '../../domain/errors.ts'
import { BUILT_IN_PROFILES } from './builtInProfiles.ts'
import type { CsvProfile, CsvResult } from './profiles.ts'
import { readResultFile } from './readResultFile.ts'
import { RESULT_LIMITS, type ResultLine } from './resultLine.ts'

const { genericCsv, iciciLike } = BUILT_IN_PROFILES
const HEADER = 'REF_NO,BENE_ACC_NO,BENE_IFSC,AMOUNT,STATUS,UTR NO,Rejection Reason,Acct_Debit_date'
const KEY = 'TR00000000000000000000000000000001'
const OTHER = 'TR00000000000000000000000000000002'
const PAID = `${KEY},00012345678901,HDFC0000123,100.50,Success,UTR1,,30-11-2026`

const read = (text: string, profile: CsvProfile = iciciLike) =>
  readResultFile(Buffer.from(text), profile)
const readRows = async (...rows: string[]) => read([HEADER, ...rows].join('\r\n'))
const refusalOf = async (reading: Promise<unknown>): Promise<DomainError> =>
  (await reading.catch((error: unknown) => error)) as DomainError

const paid: ResultLine = {
  line: 2,
  key: KEY,
  bankReference: 'UTR1',
  account: '00012345678901',
  accountLast4: '8901',
  ifsc: 'HDFC0000123',
  amountMinor: 100_50,
  status: 'settled',
  word: 'Success',
  reason: null,
  date: '2026-11-30',
  isContradictory: false,
}

describe('a line of a CSV answer', () => {
  it('is read by the columns of the profile, with the zeros of its account', async () => {
    expect(await readRows(PAID)).toEqual({ lines: [paid], refused: [], batch: null })
  })

  it('is found in other places, below a title, with more columns and quotes', async () => {
    const { lines } = await read(
      `Status report\n"UTR NO","status",ref no,AMOUNT,extra,BENE_ACC_NO,BENE_IFSC,Rejection Reason,Acct_Debit_date\nUTR1,success,${KEY},"1,00,000.00",x,'00012,HDFC0000123,,30/11/2026\n`,
    )
    expect(lines).toMatchObject([
      { key: KEY, amountMinor: 100_000_00, account: '00012', date: '2026-11-30', line: 3 },
    ])
  })

  it.each([
    ['Success', 'settled'],
    ['  SUCCESS ', 'settled'],
    ['Reversed', 'returned'],
    ['Rejected', 'failed'],
    ['Success (provisional)', 'unknown'],
    ['', 'unknown'],
  ])('with the word %j is %s', async (word, status) => {
    const { lines } = await readRows(PAID.replace('Success', word))
    expect(lines[0]).toMatchObject({ status, word: word.trim() })
  })

  it('has its reason without the numbers of accounts', async () => {
    const reason = 'A/c 00012345678901 closed 2026-11-30; see 0001 2345 6789 01'
    const { lines } = await readRows(PAID.replace('UTR1,,', `UTR1,${reason},`))
    expect(lines[0]?.reason).toBe('A/c …8901 closed 2026-11-30; see …8901')
  })

  it.each([
    ['XXXXXXXX8901', '8901'],
    ['********8901', '8901'],
    ['0001******', null],
    ['asha@okhdfc', null],
  ])('with the hidden account %s has the end %s', async (account, last4) => {
    const { lines } = await readRows(PAID.replace('00012345678901', account))
    expect(lines[0]?.accountLast4).toBe(last4)
  })

  it('without our key is kept, if it has an account', async () => {
    const { lines } = await readRows(PAID.replace(KEY, ''))
    expect(lines).toMatchObject([{ key: null, account: '00012345678901' }])
  })

  it.each([
    ['2026-11-30', 'YYYY-MM-DD', '2026-11-30'],
    ['20261130', 'YYYYMMDD', '2026-11-30'],
    ['20261130 10:20:30', 'YYYYMMDD', '2026-11-30'],
    ['05/11/2026 23:59', 'DD/MM/YYYY', '2026-11-05'],
    ['05-NOV-2026', 'DD-MM-YYYY', '2026-11-05'],
    ['2026-11-05T23:59:59+05:30', 'DD-MM-YYYY', '2026-11-05'],
    ['', 'DD-MM-YYYY', null],
  ] as const)('with the date %j in the form %s is of %s', async (text, dateForm, day) => {
    const result = { ...(iciciLike.result as CsvResult), dateForm }
    const file = `${HEADER}\n${PAID.replace('30-11-2026', text)}`
    const { lines } = await read(file, { ...iciciLike, result })
    expect(lines[0]?.date).toBe(day)
  })
})

describe('a line that cannot be used', () => {
  it.each([
    [
      'an account in the form of a spreadsheet',
      PAID.replace('00012345678901', '1.23E+11'),
      'account-changed',
    ],
    [
      'an account with a decimal point',
      PAID.replace('00012345678901', '12345678901.0'),
      'account-changed',
    ],
    [
      'a cell that a spreadsheet could not show',
      PAID.replace('00012345678901', '########'),
      'account-changed',
    ],
    ['a key in the form of a spreadsheet', PAID.replace(KEY, '1E+34'), 'key-changed'],
    [
      'a reference in the form of a spreadsheet',
      PAID.replace('UTR1', '6.12E+11'),
      'reference-changed',
    ],
    ['words in place of an account', PAID.replace('00012345678901', 'not an account!'), 'account'],
    ['no amount', PAID.replace('100.50', ''), 'amount'],
    ['an amount with half a paisa', PAID.replace('100.50', '100.505'), 'amount'],
    ['an amount below zero', PAID.replace('100.50', '-100.50'), 'amount'],
    ['an amount in another convention', PAID.replace('100.50', '"100,50"'), 'amount'],
    ['an amount in another currency', PAID.replace('100.50', 'USD 100.50'), 'currency'],
    ['a date that does not exist', PAID.replace('30-11', '31-11'), 'date'],
    ['a date in another order', PAID.replace('30-11-2026', '11/30/2026'), 'date'],
    ['neither key nor account', `,,,5.00,Success,UTR1,,`, 'no-key'],
    ['a cell beyond the header', `${PAID},00098765432109`, 'line'],
  ])('has %s, and is listed without its values', async (_, row, code) => {
    const { lines, refused } = await readRows(PAID.replace(KEY, OTHER), row)
    expect(lines).toHaveLength(1)
    expect(refused).toEqual([{ line: 3, code: `payout-file.${code}`, message: expect.any(String) }])
    expect(refused[0]?.message).not.toMatch(/\d{5}|100|1\.23E\+11, /)
  })

  it('casts doubt on another line with its key', async () => {
    const { lines, refused } = await readRows(PAID, PAID.replace('100.50', 'x'))
    expect(refused).toHaveLength(1)
    expect(lines).toMatchObject([{ key: KEY, isContradictory: true }])
  })
})

describe('lines with one key', () => {
  it.each([
    ['two statuses', PAID.replace('Success', 'Rejected')],
    ['two references of the bank', PAID.replace('UTR1', 'UTR2')],
    ['two amounts', PAID.replace('100.50', '100.51')],
  ])('are both contradictory with %s', async (_, row) => {
    const { lines } = await readRows(PAID, row, PAID.replace(KEY, OTHER))
    expect(lines.map(({ isContradictory }) => isContradictory)).toEqual([true, true, false])
  })

  it('are no contradiction if they state the same', async () => {
    const { lines } = await readRows(PAID, PAID)
    expect(lines.map(({ isContradictory }) => isContradictory)).toEqual([false, false])
  })
})

describe('lines that are no payments', () => {
  it('are left out: empty ones, totals and the header again', async () => {
    const { lines, refused } = await readRows('', ',,,,,,,', PAID, HEADER, 'Total:,,,100.50,,,,')
    expect([lines.length, refused.length]).toEqual([1, 0])
  })
})

describe('a file that is not the answer of the bank', () => {
  it.each([
    ['empty', '', 'payout-file.empty'],
    ['a header alone', HEADER, 'payout-file.empty'],
    ['a web page', '<!doctype html><p>Log in', 'payout-file.unreadable'],
    ['XML', '<?xml version="1.0"?><Document/>', 'payout-file.unreadable'],
    ['an open quote', `${HEADER}\n"${PAID}`, 'payout-file.unreadable'],
    ['a NUL byte', `${HEADER}\n\u0000`, 'payout-file.unreadable'],
    ['a damaged workbook', 'PK\u0003\u0004xxxx', 'payout-file.unreadable'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'payout-file.unreadable'],
  ])('is refused: %s', async (_, file, code) => {
    const error = await refusalOf(readResultFile(Buffer.from(file), iciciLike))
    expect(error.code).toBe(code)
  })

  it('is refused with the names of the columns that it lacks', async () => {
    const error = await refusalOf(read('Reference,Status\n1,Paid\n'))
    expect(error).toMatchObject({ code: 'payout-file.columns' })
    expect(error.details.field).toContain('REF_NO')
    expect(error.details.field).toContain('UTR NO')
  })

  it('is refused with a column that it has twice', async () => {
    const error = await refusalOf(read(`${HEADER},Ref No\n${PAID},x`))
    expect(error).toMatchObject({ code: 'payout-file.columns', details: { field: 'REF_NO' } })
  })

  it('is refused as a whole where another header follows', async () => {
    const moved = HEADER.split(',').reverse().join(',')
    const error = await refusalOf(readRows(PAID, moved))
    expect(error).toMatchObject({ code: 'payout-file.columns', details: { field: 'header' } })
  })

  it('is refused by its bytes before it is read', async () => {
    const error = await refusalOf(
      readResultFile(new Uint8Array(RESULT_LIMITS.bytes + 1), iciciLike),
    )
    expect(error.code).toBe('payout-file.too-large')
  })

  it('is refused by its lines before it is read, whatever they are', async () => {
    const error = await refusalOf(read(`${HEADER}\n${'"\n'.repeat(RESULT_LIMITS.lines + 50)}`))
    expect(error.code).toBe('payout-file.too-many-lines')
  })

  it('may have as many lines as the limit', async () => {
    const rows = Array.from({ length: RESULT_LIMITS.lines }, (_, at) => `K${at},,,1.00,Success,,,`)
    expect((await readRows(...rows)).lines).toHaveLength(RESULT_LIMITS.lines)
    const error = await refusalOf(readRows(...rows, 'K,,,1.00,Success,,,'))
    expect(error.code).toBe('payout-file.too-many-lines')
  })
})

describe('an answer without a header', () => {
  const result: CsvResult = {
    ...(genericCsv.result as CsvResult),
    hasHeader: false,
    separator: '|',
    decimal: ',',
    columns: {
      key: 1,
      status: 4,
      bankReference: null,
      account: null,
      ifsc: null,
      amount: 2,
      reason: null,
      date: null,
    },
  }
  const profile: CsvProfile = { ...genericCsv, result }

  it('is read by the places of its columns', async () => {
    const { lines } = await read(`${KEY}|1234,50|x|Paid|more\n${OTHER}|1|x|Failed\n`, profile)
    expect(lines).toMatchObject([
      { line: 1, key: KEY, amountMinor: 1_234_50, status: 'settled' },
      { line: 2, key: OTHER, amountMinor: 1_00, status: 'failed' },
    ])
  })

  it('is refused if no line has so many columns', async () => {
    const error = await refusalOf(read(`${KEY},1.00,x,Paid`, profile))
    expect(error).toMatchObject({ code: 'payout-file.columns', details: { field: '4' } })
  })
})

describe('a workbook', () => {
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
  const row = (...cells: string[]) => `<row>${cells.join('')}</row>`
  const head = row(...HEADER.split(',').map(text))
  const readSheet = (...cells: string[]) =>
    readResultFile(
      buildWorkbook({ sheets: [{ rows: head + row(...cells) }], formats: ['dd/mm/yyyy'] }),
      iciciLike,
    )
  const cells = [KEY, '00012345678901', 'HDFC0000123'].map(text)
  const rest = [text('Success'), text('UTR1'), text(''), '<c s="1"><v>46356</v></c>']

  it('is read like CSV, with numbers and dates of its cells', async () => {
    const { lines, refused } = await readSheet(...cells, '<c><v>100.5</v></c>', ...rest)
    expect(refused).toEqual([])
    expect(lines).toEqual([paid])
  })

  it('has a refused line for an account that was rounded to 15 digits', async () => {
    const account = '<c><v>1.2345678901234567E+17</v></c>'
    const { refused } = await readSheet(
      cells[0] ?? '',
      account,
      cells[2] ?? '',
      '<c><v>1</v></c>',
      ...rest,
    )
    expect(refused).toMatchObject([{ line: 2, code: 'payout-file.account-changed' }])
  })
})
