import { choiceOf } from './choiceOf.ts'

describe('choiceOf', () => {
  it('reads period and currency from the URL', () => {
    expect(choiceOf({ period: '90', currency: 'USD' }, ['INR', 'USD'])).toEqual({
      period: 90,
      currency: 'USD',
    })
  })

  it.each([
    {},
    { period: '7', currency: 'XXL' },
    { period: ['90'], currency: { $ne: 1 } },
    { currency: 'JPY' },
  ])('takes 30 days in the first currency for %j', (query) => {
    expect(choiceOf(query, ['EUR', 'INR'])).toEqual({ period: 30, currency: 'EUR' })
  })

  it('has a currency also when none is configured', () => {
    expect(choiceOf({}, []).currency).toBe('INR')
  })
})
