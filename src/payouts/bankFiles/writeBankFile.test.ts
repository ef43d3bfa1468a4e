import { parse } from 'csv-parse/sync'

import { buildOrder } from '../../../test/support/payoutOrders.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { PayoutOrder } from '../drivers/types.ts'
import { BUILT_IN_PROFILES } from './builtInProfiles.ts'
import { type BankProfile, COLUMN_SOURCES, type CsvProfile } from './profiles.ts'
import { writeBankFile } from './writeBankFile.ts'

const { genericCsv, iciciLike } = BUILT_IN_PROFILES
const icici: CsvProfile = { ...iciciLike, debitAccount: '000405001234' }
/** In India it is the first of December already. */
const date = new Date('2026-11-30T20:00:00Z')

const write = async (
  orders: AsyncIterable<PayoutOrder> | Iterable<PayoutOrder>,
  profile: BankProfile = genericCsv,
): Promise<string> => {
  const { content } = writeBankFile({ profile, orders, batchKey: 'B42', date })
  let text = ''
  for await (const piece of content) text += piece.toString()
  return text
}

const readRows = (text: string, { separator }: CsvProfile = genericCsv) =>
  parse<Record<string, string>>(text, { columns: true, delimiter: separator })

const refusal = async (orders: Iterable<PayoutOrder>, profile?: BankProfile) => {
  const error = await write(orders, profile).catch((thrown: unknown) => thrown)
  return error as DomainError
}

describe('the name of a bank file', () => {
  it('has the batch and the day of the bank', () => {
    const file = writeBankFile({ profile: icici, orders: [], batchKey: 'B42', date })
    expect(file.name).toBe('payouts-B42-01122026.csv')
    expect(file.contentType).toBe('text/csv')
  })

  it('is refused with a reference of the batch that has other characters', () => {
    expect(() => writeBankFile({ profile: icici, orders: [], batchKey: '../x', date })).toThrow(
      'reference of a batch',
    )
  })
})

describe('the rows of a bank file', () => {
  it('are the columns of ICICI Bank, in their order', async () => {
    const text = await write([buildOrder(1, { amountMinor: 1_234_50 })], icici)
    expect(text.split('\r\n')).toEqual([
      'PYMT_PROD_TYPE_CODE,PYMT_MODE,DEBIT_ACC_NO,BNF_NAME,BENE_ACC_NO,BENE_IFSC,AMOUNT,DEBIT_NARR,CREDIT_NARR,MOBILE_NUM,EMAIL_ID,REMARK,PYMT_DATE,REF_NO,ADDL_INFO1,ADDL_INFO2,ADDL_INFO3,ADDL_INFO4,ADDL_INFO5',
      'PAB_VENDOR,IMPS,000405001234,Asha Rao,00012345678901,HDFC0000123,1234.50,Cashback payout,Cashback payout,919876543210,asha@example.com,Cashback payout,01-12-2026,TR00000000000000000000000000000001,,,,,',
      '',
    ])
  })

  it('keep the zeros in front of an account', async () => {
    const [row] = readRows(await write([buildOrder()]))
    expect(row?.['Account number']).toBe('00012345678901')
  })

  it('have no header, and the separator, date and line end of the profile', async () => {
    const profile: CsvProfile = {
      ...genericCsv,
      hasHeader: false,
      separator: '|',
      decimal: ',',
      lineEnd: '\n',
      dateForm: 'YYYYMMDD',
      columns: [
        { header: 'a', value: 'key' },
        { header: 'b', value: 'amount' },
        { header: 'c', value: 'date' },
        { header: 'd', value: 'batch-key' },
        { header: 'e', value: 'fixed:INR' },
      ],
    }
    const text = await write([buildOrder(1, { amountMinor: 7 })], profile)
    expect(text).toBe('TR00000000000000000000000000000001|0,07|20261201|B42|INR\n')
  })

  it.each([
    ['our own bank', 'ICIC0000001', 900_000_00, 'FT'],
    ['exactly two lakh', 'HDFC0000001', 200_000_00, 'IMPS'],
    ['above two lakh', 'HDFC0000001', 200_000_01, 'RTGS'],
  ])('of %s go by their mode', async (_, ifsc, amountMinor, mode) => {
    const account = { kind: 'bank-in', accountNumber: '123456', ifsc, holderName: 'A' } as const
    const [row] = readRows(await write([buildOrder(1, { account, amountMinor })], icici))
    expect(row?.PYMT_MODE).toBe(mode)
  })

  it.each([
    [500_000_00, 'IMPS'],
    [500_000_01, 'NEFT'],
  ])('of %d paise go by %s where the bank has no RTGS', async (amountMinor, mode) => {
    const modes = { ...(icici.modes as NonNullable<CsvProfile['modes']>), rtgsAboveMinor: null }
    const text = await write([buildOrder(1, { amountMinor })], { ...icici, modes })
    expect(readRows(text)[0]?.PYMT_MODE).toBe(mode)
  })

  it('of UPI have the address and no account', async () => {
    const account = { kind: 'upi', vpa: 'asha.rao@okhdfc', holderName: 'Asha' } as const
    const [row] = readRows(await write([buildOrder(1, { account })]))
    expect(row).toMatchObject({
      'UPI address': 'asha.rao@okhdfc',
      'Account number': '',
      IFSC: '',
      Mode: 'UPI',
    })
  })

  it.each(['=', '+', '-', '@', '\t', '\r'])(
    'never have a cell that begins with %j, whatever the texts of the order begin with',
    async (sign) => {
      const profile: CsvProfile = {
        ...genericCsv,
        columns: COLUMN_SOURCES.map((value) => ({ header: value, value })),
        debitAccount: '123456',
      }
      const order = buildOrder(1, {
        narration: `${sign}SUM(A1)`,
        recipient: {
          memberId: '1',
          name: sign,
          email: `${sign}a@b.example`,
          phone: `${sign}91 98`,
        },
        account: {
          kind: 'bank-in',
          accountNumber: '0012',
          ifsc: 'HDFC0000123',
          holderName: `${sign}Asha`,
        },
      })
      const [row = {}] = readRows(await write([order], profile))
      expect(Object.keys(row)).toHaveLength(COLUMN_SOURCES.length)
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
      expect(row).toMatchObject({ 'holder-name': 'Asha', narration: 'SUM A1', phone: '9198' })
    },
  )

  it('put an apostrophe before an address that begins like a formula', async () => {
    const recipient = { memberId: '1', name: 'A', email: '=a@b.example', phone: null }
    const [row] = readRows(await write([buildOrder(1, { recipient })]))
    expect(row).toMatchObject({ Email: "'=a@b.example", Phone: '' })
  })

  it('leave out an address with a separator in it', async () => {
    const recipient = { memberId: '1', name: 'A', email: '"a,b"@c.example', phone: null }
    const [row] = readRows(await write([buildOrder(1, { recipient })]))
    expect(row?.Email).toBe('')
  })
})

describe('an order that a bank file cannot have', () => {
  const bank = {
    kind: 'bank-in',
    accountNumber: '0012',
    ifsc: 'HDFC0000123',
    holderName: 'A',
  } as const

  it.each<[string, Partial<PayoutOrder>, string]>([
    ['another currency', { currency: 'EUR' }, 'payout-file.currency'],
    ['no amount', { amountMinor: 0 }, 'payout-file.amount'],
    ['half a paisa', { amountMinor: 0.5 }, 'payout-file.amount'],
    ['a key with a sign', { key: '=1' }, 'payout-file.key'],
    [
      'an account with a sign',
      { account: { ...bank, accountNumber: '=0012' } },
      'payout-file.account',
    ],
    ['a malformed IFSC', { account: { ...bank, ifsc: 'HDFC1' } }, 'payout-file.account'],
    [
      'a malformed UPI address',
      { account: { kind: 'upi', vpa: '@ok', holderName: 'A' } },
      'payout-file.account',
    ],
    ['a name in another script', { account: { ...bank, holderName: 'राजेश' } }, 'payout-file.name'],
    [
      'another kind',
      { account: { kind: 'paypal', email: 'a@b.example', holderName: 'A' } },
      'payout-file.kind',
    ],
  ])('has %s, and is refused without its account', async (_, change, code) => {
    const error = await refusal([buildOrder(1, change)])
    expect(error).toMatchObject({ code, details: { key: change.key ?? buildOrder().key } })
    expect(error.message).not.toContain('0012')
  })

  it('has an account longer than its column, which is never cut', async () => {
    const columns = icici.columns.map((column) =>
      column.value === 'account-number' ? { ...column, maxLength: 10 } : column,
    )
    expect((await refusal([buildOrder()], { ...icici, columns })).code).toBe('payout-file.too-long')
  })

  it('has the key of another one', async () => {
    expect((await refusal([buildOrder(), buildOrder()])).code).toBe('payout-file.key-twice')
  })

  it('is one more than the bank takes', async () => {
    const error = await refusal([buildOrder(1), buildOrder(2)], { ...genericCsv, maxRows: 1 })
    expect(error.code).toBe('payout-file.too-many-rows')
  })

  it('is none at all', async () => {
    expect((await refusal([])).code).toBe('payout-file.empty')
  })
})

describe('a bank file of 10,000 rows', () => {
  it('reads orders as its reader takes them, and not all at once', async () => {
    let made = 0
    const orders = async function* () {
      while (made < 10_000) {
        made += 1
        yield await Promise.resolve(buildOrder(made))
      }
    }
    const file = writeBankFile({ profile: genericCsv, orders: orders(), batchKey: 'B', date })
    let lines = 0
    let most = 0
    for await (const piece of file.content) {
      lines += piece.toString().split('\r\n').length - 1
      most = Math.max(most, made - lines)
    }
    expect(lines).toBe(10_001)
    expect(most).toBeLessThan(1_500)
  })
})
