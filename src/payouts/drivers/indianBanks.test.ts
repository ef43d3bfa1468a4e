import fc from 'fast-check'

import { chooseMode, MODE_LIMITS, refuseIndian, writeName } from './indianBanks.ts'

const LAKH = 100_000_00
const upi = { kind: 'upi' as const, vpa: 'asha@okexample', holderName: 'Asha' }
const bank = {
  kind: 'bank-in' as const,
  accountNumber: '00112233445566',
  ifsc: 'hdfc0000123',
  holderName: 'Asha',
}

describe('chooseMode', () => {
  it.each([
    ['a VPA', upi, LAKH, [], 'UPI'],
    ['an account up to 5 lakh', bank, 5 * LAKH, [], 'IMPS'],
    ['an account above 5 lakh', bank, 5 * LAKH + 1, [], 'RTGS'],
    ['an account without IMPS up to 2 lakh', bank, 2 * LAKH, ['HDFC'], 'NEFT'],
    ['an account without IMPS above 2 lakh', bank, 2 * LAKH + 1, ['HDFC'], 'RTGS'],
    ['an account of another bank', bank, 2 * LAKH, ['ICIC'], 'IMPS'],
  ])('for %s chooses its mode', (_case, account, amountMinor, banksWithoutImps, mode) => {
    expect(chooseMode({ account, amountMinor, banksWithoutImps })).toBe(mode)
  })

  it('chooses a mode with limits that allow the amount, for everything that is not refused', () => {
    const amount = fc.integer({ min: 1, max: 100 * LAKH })
    const banks = fc.constantFrom([], ['HDFC'])
    fc.assert(
      fc.property(fc.constantFrom(upi, bank), amount, banks, (account, amountMinor, without) => {
        fc.pre(refuseIndian({ kind: account.kind, currency: 'INR', amountMinor }) === null)
        const mode = chooseMode({ account, amountMinor, banksWithoutImps: without })
        const { maxMinor, minMinor } = MODE_LIMITS[mode]
        expect(amountMinor).toBeGreaterThanOrEqual(minMinor)
        expect(amountMinor).toBeLessThanOrEqual(maxMinor)
      }),
    )
  })
})

describe('writeName', () => {
  const written = (name: string) => writeName(name, { others: '0-9.', min: 3, max: 20 })

  it.each([
    ['José  Núñez', 'Jose Nunez'],
    ['Asha, Rao & Co. 2', 'Asha Rao Co. 2'],
    ['आशा', 'Member'],
    ['Om', 'Om Member'],
    ['A very long name of a member', 'A very long name of'],
  ])('writes "%s" as "%s"', (name, expected) => {
    expect(written(name)).toBe(expected)
  })

  it('writes every name in the allowed characters and within its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(written(name)).toMatch(/^[A-Za-z0-9. ]{3,20}$/)
      }),
    )
  })
})
