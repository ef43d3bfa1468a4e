import fc from 'fast-check'

import { PAN_HOLDERS, validateAccountNumber, validatePan, validateVpa } from './validateMethod.ts'

describe('validateVpa', () => {
  it.each([
    ['rahul@okhdfc', 'rahul@okhdfc'],
    [' Rahul.Sharma-1_2@OKHDFCBANK ', 'rahul.sharma-1_2@okhdfcbank'],
    ['9876543210@ybl', '9876543210@ybl'],
    ['a@p2', 'a@p2'],
    [`${'a'.repeat(96)}@ybl`, `${'a'.repeat(96)}@ybl`],
  ])('accepts %s', (typed, value) => {
    expect(validateVpa(typed)).toEqual({ value, refusal: null })
  })

  it.each([
    ['', 'it is empty'],
    ['rahul', 'it has no @'],
    ['rahul@', 'it has no bank'],
    ['@ybl', 'it has no name'],
    ['a@b@ybl', 'it has two @'],
    ['ra hul@ybl', 'it has a space inside'],
    ['rahul@9bank', 'a handle begins with a letter'],
    ['.rahul@ybl', 'a name begins with a letter or digit'],
    ['राहुल@ybl', 'only Latin letters are possible'],
    [`${'a'.repeat(97)}@ybl`, 'it has 101 characters'],
  ])('refuses "%s", because %s', (typed) => {
    expect(validateVpa(typed).refusal).toEqual({
      code: 'payout-method.malformed-vpa',
      message: 'A UPI ID looks like name@bank.',
      field: 'vpa',
    })
  })

  it('refuses an e-mail address and names the mistake', () => {
    expect(validateVpa('rahul@example.com').refusal?.message).toContain('e-mail address')
  })
})

describe('validatePan', () => {
  it.each(Object.keys(PAN_HOLDERS))('accepts the holder type %s', (letter) => {
    const pan = `ABC${letter}E1234F`
    expect(validatePan(` ${pan.toLowerCase()} `)).toEqual({ value: pan, refusal: null })
  })

  it.each([
    ['ABCDE1234F', 'D is no type of a holder'],
    ['ABCPE123F', 'a digit is missing'],
    ['ABCPE12345', 'the last character is a digit'],
    ['AB1PE1234F', 'a digit is among the letters'],
    ['ABCPE1234FG', 'it is too long'],
    ['', 'it is empty'],
  ])('refuses "%s", because %s', (typed) => {
    const { refusal } = validatePan(typed)
    expect(refusal).toMatchObject({ code: 'payout-method.malformed-pan', field: 'pan' })
  })
})

describe('validateAccountNumber', () => {
  it.each([
    ['12345', '12345'],
    [' 5010 0012-3412 34', '50100012341234'],
    ['ab12345678', 'AB12345678'],
    ['9'.repeat(35), '9'.repeat(35)],
  ])('accepts "%s"', (typed, value) => {
    expect(validateAccountNumber(typed)).toEqual({ value, refusal: null })
  })

  it.each([
    ['1234', 'it is too short'],
    ['9'.repeat(36), 'it is too long'],
    ['0000000000', 'it is all zeros'],
    ['12345/678', 'a slash is not possible'],
    ['१२३४५६७८', 'only Latin digits are possible'],
  ])('refuses "%s", because %s', (typed) => {
    expect(validateAccountNumber(typed).refusal).toMatchObject({
      code: 'payout-method.malformed-account-number',
      field: 'accountNumber',
    })
  })
})

it('a refusal never repeats what was typed', () => {
  const typed = fc.stringMatching(/^[0-9]{5,60}$/)
  fc.assert(
    fc.property(typed, (text) => {
      for (const validate of [validateVpa, validatePan, validateAccountNumber]) {
        const { refusal } = validate(`#${text}`)
        if (refusal) expect(refusal.message).not.toContain(text)
      }
    }),
  )
})
