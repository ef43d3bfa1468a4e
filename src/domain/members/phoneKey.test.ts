import fc from 'fast-check'

import { parsePhoneNumber } from './parsePhoneNumber.ts'
import { toPhoneKey } from './phoneKey.ts'

describe('toPhoneKey', () => {
  it.each([
    ['Mexico with and without the 1', '+5215512345678', '+525512345678'],
    ['Argentina with and without the 9', '+5491123456789', '+541123456789'],
    ['Argentina outside Buenos Aires', '+5493514567890', '+543514567890'],
    ['Brazil with eight and nine digits', '+551187654321', '+5511987654321'],
  ])('compares %s as one number', (_name, one, other) => {
    expect(toPhoneKey(one)).toBe(toPhoneKey(other))
  })

  it.each([
    ['+54 9 11 2345 6789', '+54 11 2345 6789'],
    ['011 54 9 11 2345 6789', '+54 11 15 2345 6789'],
    ['098450 66620', '+91 98450 66620'],
  ])('compares the typed forms %s and %s as one number', (one, other) => {
    const keys = [one.replace(/^011 /, '+'), other].map((text) =>
      toPhoneKey(parsePhoneNumber(text) ?? text),
    )
    expect(keys[0]).toBe(keys[1])
  })

  it.each([
    ['two lines in Argentina', '+5491123456789', '+541123456780'],
    ['two areas in Mexico', '+525512345678', '+528112345678'],
    ['a landline and a mobile of Brazil', '+551123456789', '+5511923456789'],
    ['other countries that begin alike', '+5215512345678', '+15512345678'],
    ['India and Argentina', '+919845066620', '+549845066620'],
  ])('keeps %s apart', (_name, one, other) => {
    expect(toPhoneKey(one)).not.toBe(toPhoneKey(other))
  })

  it('returns the same key for a key, and leaves other countries as they are', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{7,13}$/), (phone) => {
        expect(toPhoneKey(toPhoneKey(phone))).toBe(toPhoneKey(phone))
        if (!/^\+5[245]/.test(phone)) expect(toPhoneKey(phone)).toBe(phone)
      }),
    )
  })
})
