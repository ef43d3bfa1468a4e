import fc from 'fast-check'

import { normaliseMailbox, maskEmail, maskName, maskPhone } from './identity.ts'

describe('normaliseMailbox', () => {
  it.each([
    ['capitals', 'Asha@Example.IN', 'asha@example.in'],
    ['spaces around it', '  asha@example.in ', 'asha@example.in'],
    ['a +tag', 'asha+shop@example.in', 'asha@example.in'],
    ['all after the first +', 'asha+shop+2@example.in', 'asha@example.in'],
    ['dots at Gmail', 'a.s.h.a@gmail.com', 'asha@gmail.com'],
    ['the older name of Gmail', 'a.sha@googlemail.com', 'asha@gmail.com'],
  ])('drops %s', (_name, email, mailbox) => {
    expect(normaliseMailbox(email)).toBe(mailbox)
  })

  it('keeps dots when the provider does', () => {
    expect(normaliseMailbox('a.sha@example.in')).not.toBe(normaliseMailbox('asha@example.in'))
  })

  it('returns the same mailbox for any case and any tag', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.stringMatching(/^[a-z0-9]{0,8}$/), (email, tag) => {
        const [local = '', domain = ''] = email.split('@')
        const mailbox = normaliseMailbox(email)
        expect(normaliseMailbox(email.toUpperCase())).toBe(mailbox)
        expect(normaliseMailbox(`${local}+${tag}@${domain}`)).toBe(mailbox)
        expect(normaliseMailbox(mailbox)).toBe(mailbox)
      }),
    )
  })
})

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
