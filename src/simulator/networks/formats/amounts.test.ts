import { toMajor, formatMajor } from './amounts.ts'

describe('amounts on the wire', () => {
  it.each([
    [12_495, 'INR', 124.95, '124.95'],
    [500, 'JPY', 500, '500'],
    [1_234, 'KWD', 1.234, '1.234'],
    [-200, 'INR', -2, '-2.00'],
    [0, 'USD', 0, '0.00'],
  ])('%i of %s is %d', (minor, currency, number, text) => {
    expect(toMajor(minor, currency)).toBe(number)
    expect(formatMajor(minor, currency)).toBe(text)
  })
})
