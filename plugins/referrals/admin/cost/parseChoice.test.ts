import { parseChoice } from './parseChoice.ts'

describe('parseChoice', () => {
  it('reads period and currency from the URL', () => {
    expect(parseChoice({ period: '90', currency: 'USD' }, ['INR', 'USD'])).toEqual({
      period: 90,
      currency: 'USD',
    })
  })

  it.each([
    {},
    { period: '7', currency: 'XXL' },
    { period: ['90'], currency: { $ne: 1 } },
    { currency: 'JPY' },
  ])('falls back to 30 days in the first currency for %j', (query) => {
    expect(parseChoice(query, ['EUR', 'INR'])).toEqual({ period: 30, currency: 'EUR' })
  })

  it('falls back to INR when no currency is configured', () => {
    expect(parseChoice({}, []).currency).toBe('INR')
  })
})
