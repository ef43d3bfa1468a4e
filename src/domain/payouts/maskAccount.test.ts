import fc from 'fast-check'

import { type MaskableAccount, maskAccount } from './maskAccount.ts'

describe('maskAccount', () => {
  it.each<[MaskableAccount, string]>([
    [{ kind: 'bank-in', accountNumber: '50100012341234' }, '•••• 1234'],
    [{ kind: 'bank-in', accountNumber: '12345' }, '•••• 45'],
    [{ kind: 'bank-in', accountNumber: '' }, '•••• '],
    [{ kind: 'upi', vpa: 'rahul@okhdfc' }, 'ra•••@okhdfc'],
    [{ kind: 'upi', vpa: '9876543210@ybl' }, '98•••@ybl'],
    [{ kind: 'upi', vpa: 'ab@ybl' }, 'a•••@ybl'],
    [{ kind: 'upi', vpa: 'rahul' }, 'ra•••'],
    [{ kind: 'iban', iban: 'DE89370400440532013000' }, 'DE•• … 3000'],
    [{ kind: 'iban', iban: 'DE89 3704 0044 0532 0130 00' }, 'DE•• … 3000'],
    [{ kind: 'paypal', email: 'rahul@example.com' }, 'ra•••@example.com'],
    [{ kind: 'gift-card', email: 'x@example.com' }, '•••@example.com'],
  ])('%o becomes %s', (account, masked) => {
    expect(maskAccount(account)).toBe(masked)
  })

  it('takes the account of a driver, and shows nothing else of it', () => {
    const account = { kind: 'upi', vpa: 'rahul@okhdfc', holderName: 'Rahul Sharma' } as const
    expect(maskAccount(account)).toBe('ra•••@okhdfc')
  })

  it('never shows more than half of a number or of a name', () => {
    const text = fc.stringMatching(/^[a-z0-9]{1,40}$/)
    fc.assert(
      fc.property(text, (value) => {
        const shown = [
          maskAccount({ kind: 'bank-in', accountNumber: value }).replace('•••• ', ''),
          maskAccount({ kind: 'upi', vpa: `${value}@ybl` }).replace('•••@ybl', ''),
        ]
        for (const part of shown) expect(part.length).toBeLessThanOrEqual(value.length / 2)
      }),
    )
  })
})
