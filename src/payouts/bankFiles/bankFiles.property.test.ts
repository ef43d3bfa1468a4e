import fc from 'fast-check'

import { minorDigits } from '../../domain/currency.ts'
import type { PayoutOrder } from '../drivers/types.ts'
import { BUILT_IN_PROFILES } from './builtInProfiles.ts'
import { checkProfile } from './checkProfile.ts'
import { type CsvProfile, type CsvResult, DATE_FORMS, SEPARATORS } from './profiles.ts'
import { readResultFile } from './readResultFile.ts'
import { writeBankFile } from './writeBankFile.ts'

const WORDS = {
  Paid: 'settled',
  Failed: 'failed',
  Returned: 'returned',
  Waiting: 'pending',
} as const
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.split('')
const currencies = fc.constantFrom('INR', 'JPY', 'KWD')

const orders = (currency: string) =>
  fc.uniqueArray(
    fc.record({
      key: fc.string({ unit: fc.constantFrom(...digits), minLength: 34, maxLength: 34 }),
      amountMinor: fc.oneof(
        fc.integer({ min: 1, max: 10 ** 6 }),
        fc.integer({ min: 1, max: 10 ** 6 }).map((whole) => whole * 10 ** minorDigits(currency)),
        fc.maxSafeInteger().map((amount) => Math.max(1, Math.abs(amount))),
      ),
      accountNumber: fc.string({
        unit: fc.constantFrom(...digits.slice(-10)),
        minLength: 5,
        maxLength: 18,
      }),
      word: fc.constantFrom(...(Object.keys(WORDS) as (keyof typeof WORDS)[])),
      name: fc.string({ unit: 'binary' }),
      text: fc.string(),
    }),
    { selector: ({ key }) => key, minLength: 1, maxLength: 15 },
  )

const profiles = fc
  .record({
    currency: currencies,
    separator: fc.constantFrom(...SEPARATORS),
    decimal: fc.constantFrom('.', ','),
    dateForm: fc.constantFrom(...DATE_FORMS),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    hasHeader: fc.boolean(),
  })
  .filter(({ decimal, separator }) => decimal !== separator)
  .map((given): CsvProfile => {
    const { currency, dateForm, decimal, hasHeader, separator } = given
    const at = (header: string, place: number) => (hasHeader ? header : place)
    const result: CsvResult = {
      format: 'csv',
      hasHeader,
      separator,
      decimal,
      dateForm,
      columns: {
        key: at('Reference', 1),
        account: at('Account number', 3),
        ifsc: at('IFSC', 4),
        amount: at('Amount', 6),
        date: at('Date', 10),
        status: at('Status', 13),
        bankReference: null,
        reason: null,
      },
      words: WORDS,
    }
    return { ...BUILT_IN_PROFILES.genericCsv, ...given, currency, result }
  })

type Given = { key: string; amountMinor: number; accountNumber: string; name: string; text: string }

const toOrder = (
  { accountNumber, amountMinor, key, name, text }: Given,
  currency: string,
): PayoutOrder => ({
  key,
  amountMinor,
  currency,
  account: { kind: 'bank-in', accountNumber, ifsc: 'HDFC0000123', holderName: `A${name}` },
  narration: text,
  recipient: { memberId: '1', name, email: text, phone: text },
})

/** As the bank does it: the lines that it took, with a status behind each. */
const echo = (
  text: string,
  words: string[],
  { hasHeader, lineEnd, separator }: CsvProfile,
): string => {
  const added = hasHeader ? ['Status', ...words] : words
  const lines = text.split(lineEnd).slice(0, -1)
  return lines.map((line, at) => `${line}${separator}${added[at] ?? ''}`).join(lineEnd)
}

describe('a bank file that the bank sends back with a status behind each line', () => {
  it('has the keys, accounts and amounts that were written, in any profile', async () => {
    await fc.assert(
      fc.asyncProperty(
        profiles.chain((profile) => fc.tuple(fc.constant(profile), orders(profile.currency))),
        async ([profile, given]) => {
          expect(checkProfile(profile)).toBe(true)
          const { content } = writeBankFile({
            profile,
            orders: given.map((one) => toOrder(one, profile.currency)),
            batchKey: 'B1',
            date: new Date('2026-11-05T00:00:00Z'),
          })
          let text = ''
          for await (const piece of content) text += piece.toString()
          const words = given.map(({ word }) => word)
          const answer = await readResultFile(Buffer.from(echo(text, words, profile)), profile)
          expect(answer.refused).toEqual([])
          expect(answer.lines).toMatchObject(
            given.map(({ accountNumber, amountMinor, key, word }) => ({
              key,
              amountMinor,
              account: accountNumber,
              date: '2026-11-05',
              status: WORDS[word],
              isContradictory: false,
            })),
          )
        },
      ),
    )
  })
})
