import fc from 'fast-check'

import { maskEmail, maskName, maskPhone } from './identity.ts'

describe('maskEmail', () => {
  it('shows two letters and the provider', () => {
    expect(maskEmail('ananya@example.in')).toBe('an•••@example.in')
  })

  it('never contains the address, and has the same length for long and short addresses', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        const masked = maskEmail(email)
        expect(masked).not.toContain(email)
        expect(masked.split('@')[0]?.length).toBeLessThanOrEqual(5)
      }),
    )
  })
})

describe('maskPhone', () => {
  it('shows four digits and no others', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{6,14}$/), (phone) => {
        expect(maskPhone(phone)).toBe(`•••• ${phone.slice(-4)}`)
        expect(maskPhone(phone)).not.toContain(phone.slice(1))
      }),
    )
  })
})

describe('maskName', () => {
  it.each([
    ['Kavita Rao', 'K••• R•••'],
    ['  Kavita   Rao ', 'K••• R•••'],
    ['Kavita', 'K•••'],
    ['A', 'A•••'],
  ])('shows the first letters of "%s"', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })

  it('hides all letters after the first, and their number', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[A-Za-z]{2,12}$/), { minLength: 1 }), (words) => {
        expect(maskName(words.join(' '))).toBe(words.map((word) => `${word[0]}•••`).join(' '))
      }),
    )
  })
})
