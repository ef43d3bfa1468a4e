import { normaliseOrderNumber } from './orderKey.ts'

describe('an order number', () => {
  it.each([
    [' od-1182 93a ', 'OD118293A'],
    ['OD–118293–A', 'OD118293A'],
    ['ＯＤ１２', 'OD12'],
    ['171-2345678-1234567', '17123456781234567'],
    ['- -', ''],
    ['A/1#2', 'A/1#2'],
  ])('is compared without spaces, dashes and case: %j', (written, key) => {
    expect(normaliseOrderNumber(written)).toBe(key)
  })
})
