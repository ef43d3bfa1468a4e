import fc from 'fast-check'

import { cleanCode, cleanText } from './cleanText.ts'

describe('cleanText', () => {
  it.each([
    ['Account 00112233445566 is closed', 'Account … is closed'],
    ['Account 0011 2233 4455 66 is closed', 'Account … is closed'],
    ['VPA asha.rao@okexample is invalid', 'VPA … is invalid'],
    ['IFSC HDFC0000123 is invalid', 'IFSC … is invalid'],
    ['IBAN DE89 3704 0044 0532 0130 00 is closed', 'IBAN … is closed'],
    ['Call +91-98000-00001', 'Call +…'],
    ['The limit of 2 lakh was reached 14 times', 'The limit of 2 lakh was reached 14 times'],
  ])('of "%s" is "%s"', (text, expected) => {
    expect(cleanText(text)).toBe(expected)
  })

  it('removes the given secrets in either case, the longer first', () => {
    expect(cleanText('AB12 and ab12c', ['ab12', 'AB12C'])).toBe('… and …')
  })

  it('has at most 200 characters', () => {
    expect(cleanText('a b '.repeat(1_000))).toHaveLength(200)
  })

  it('contains no account number, in any place of the text', () => {
    const number = fc.stringMatching(/^[0-9]{9,18}$/)
    fc.assert(
      fc.property(fc.string(), number, fc.string(), (before, account, after) => {
        expect(cleanText(before + account + after, [account])).not.toContain(account)
        expect(cleanText(before + account + after)).not.toContain(account)
      }),
    )
  })

  it('takes no long time for a long text', () => {
    const started = performance.now()
    cleanText('a1'.repeat(50_000))
    cleanText('aaaa1 '.repeat(50_000))
    cleanText('a'.repeat(100_000))
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})

describe('cleanCode', () => {
  it.each([
    ['imps_not_allowed', 'imps_not_allowed'],
    ['two words', null],
    ['', null],
    ['a'.repeat(81), null],
    [7, null],
  ])('of %j is %j', (code, expected) => {
    expect(cleanCode(code)).toBe(expected)
  })
})
