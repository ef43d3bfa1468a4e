import { BUILT_IN_PROFILES } from './builtInProfiles.ts'
import { checkProfile } from './checkProfile.ts'
import type { CsvProfile, CsvResult, PainProfile } from './profiles.ts'

const { genericCsv, iciciLike } = BUILT_IN_PROFILES
const painSepa = {
  ...BUILT_IN_PROFILES.painSepa,
  debtorName: 'Tributary GmbH',
  debtorIban: 'DE89370400440532013000',
}
const csvResult = genericCsv.result as CsvResult
const withColumn = (column: CsvProfile['columns'][number]) => ({
  columns: [...genericCsv.columns, column],
})
const withoutColumn = (value: string) => ({
  columns: genericCsv.columns.filter((column) => column.value !== value),
})
const withResult = (result: Partial<CsvResult>) => ({ result: { ...csvResult, ...result } })

describe('checkProfile', () => {
  it('accepts the generic profile as it is', () => {
    expect(checkProfile(genericCsv)).toBe(true)
  })

  it('asks for the account that pays, which no built-in profile has', () => {
    expect(checkProfile(iciciLike)).toContain('debitAccount')
    expect(checkProfile({ ...iciciLike, debitAccount: '000405001234' })).toBe(true)
    expect(checkProfile(BUILT_IN_PROFILES.painSepa)).toContain('debtorName')
    expect(checkProfile(painSepa)).toBe(true)
  })

  it('accepts a profile that went through JSON, as a global stores it', () => {
    expect(checkProfile(JSON.parse(JSON.stringify(genericCsv)))).toBe(true)
  })

  it.each<[string, Partial<Record<keyof CsvProfile, unknown>>, string]>([
    ['an unknown field', { color: 'red' } as never, 'profile'],
    ['an unknown source', withColumn({ header: 'X', value: 'pan' as never }), 'columns.12.value'],
    ['an unknown format', { format: 'xls' }, 'format'],
    ['a currency in lower case', { currency: 'inr' }, 'currency'],
    ['an unknown time zone', { timeZone: 'Mars/Base' }, 'timeZone'],
    ['an unknown token in the file name', { fileName: 'a{day}.csv' }, 'fileName'],
    ['a path in the file name', { fileName: '../{batch}.csv' }, 'fileName'],
    ['two columns of one header', withColumn({ header: 'amount ', value: 'amount' }), 'twice'],
    ['no column of the key', withoutColumn('key'), 'a column of key is missing'],
    ['no column of the amount', withoutColumn('amount'), 'a column of amount is missing'],
    ['no column of the name', withoutColumn('holder-name'), 'a column of holder-name is missing'],
    ['bank accounts without IFSC', withoutColumn('ifsc'), 'ifsc is missing'],
    ['UPI without its address', withoutColumn('vpa'), 'vpa is missing'],
    ['a kind that banks do not pay', { kinds: ['paypal'] }, 'does not pay paypal'],
    ['the decimal sign as separator', { decimal: ',' }, 'separator'],
    ['a key that is cut', withColumn({ header: 'K', value: 'key', maxLength: 20 }), 'reference'],
    ['a header like a formula', withColumn({ header: '=A1', value: 'empty' }), 'like a formula'],
    ['a text like a formula', withColumn({ header: 'X', value: 'fixed:@A1' }), 'like a formula'],
    ['a text with the separator', withColumn({ header: 'X', value: 'fixed:a,b' }), 'separator'],
    ['a mode without rules', { modes: null }, 'modes'],
    [
      'an IFSC prefix of three letters',
      { modes: { ...genericCsv.modes, ownIfscPrefix: 'ICI' } },
      'ownIfscPrefix',
    ],
    [
      'an answer without a way to find orders',
      withResult({ columns: { ...csvResult.columns, key: null, account: null } }),
      'result.columns',
    ],
    [
      'an answer that names a column twice',
      withResult({ columns: { ...csvResult.columns, reason: 'STATUS' } }),
      'named twice',
    ],
    [
      'an answer without a header that names headers',
      withResult({ hasHeader: false }),
      'by its place',
    ],
    [
      'an answer with the decimal sign as separator',
      withResult({ decimal: ',' }),
      'result.separator',
    ],
    [
      'a word with two meanings',
      withResult({ words: { Paid: 'settled', 'paid ': 'failed' } }),
      'two meanings',
    ],
    ['no word for settled', withResult({ words: { Rejected: 'failed' } }), 'settled'],
  ])('refuses %s', (_, change, problem) => {
    expect(checkProfile({ ...genericCsv, ...change })).toContain(problem)
  })

  it.each<[string, Partial<PainProfile>, string]>([
    ['another currency', { currency: 'INR' }, 'currency'],
    ['accounts without IBAN', { kinds: ['iban', 'bank-in'] }, 'kinds'],
    ['an IBAN with wrong check digits', { debtorIban: 'DE88370400440532013000' }, 'debtorIban'],
    ['a BIC of another country', { debtorBic: 'BNPAFRPP' }, 'another country'],
    ['a BIC of nine characters', { debtorBic: 'COBADEFFX' }, 'debtorBic'],
  ])('refuses a SEPA profile with %s', (_, change, problem) => {
    expect(checkProfile({ ...painSepa, ...change })).toContain(problem)
  })

  it('accepts the columns of an answer by their places', () => {
    const columns = {
      key: 1,
      status: 3,
      bankReference: 2,
      account: null,
      ifsc: null,
      amount: null,
      reason: null,
      date: null,
    }
    expect(checkProfile({ ...genericCsv, ...withResult({ hasHeader: false, columns }) })).toBe(true)
  })
})
