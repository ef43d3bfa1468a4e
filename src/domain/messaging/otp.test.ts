import { normaliseOtp, generateOtp, otpExpiry, OTP, requireCode, wrongOtpMessage } from './otp.ts'

describe('a one-time code', () => {
  it.each([
    [0, '000000'],
    [4_213, '004213'],
    [OTP.codes - 1, '999999'],
  ])('%d has six digits: %s', (number, code) => {
    expect(generateOtp(number)).toBe(code)
  })

  it.each([
    ['402913', '402913'],
    [' 402 913\n', '402913'],
    ['402-913', '402913'],
    ['000000', '000000'],
    ['40291', null],
    ['4029130', null],
    ['40291a', null],
    ['٤٠٢٩١٣', null],
    [402913, null],
    [['402913'], null],
    [`${' '.repeat(50)}402913`, null],
    [undefined, null],
  ])('is read from typed text: %j → %j', (typed, code) => {
    expect(normaliseOtp(typed)).toBe(code)
  })

  it('lasts ten minutes', () => {
    expect(otpExpiry(new Date('2026-11-21T23:55:00Z'))).toEqual(new Date('2026-11-22T00:05:00Z'))
  })

  it.each([
    [4, '4 tries are left'],
    [1, '1 try is left'],
    [0, 'no try is left'],
  ])('that is wrong gets a message with the tries left: %d', (tries, message) => {
    expect(wrongOtpMessage(tries)).toContain(message)
  })
})

it('a typed code is required with its field', () => {
  expect(requireCode('402 913')).toBe('402913')
  expect(() => requireCode('40291')).toThrow(
    expect.objectContaining({ code: 'otp.malformed-code', details: { field: 'code' } }),
  )
})
