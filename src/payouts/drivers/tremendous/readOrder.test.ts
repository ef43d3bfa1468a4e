import fc from 'fast-check'

import { toDecimal } from '../../../domain/money.ts'
import { readAmount } from './readAmount.ts'
import { addLink, readOrder } from './readOrder.ts'

const KEY = 'p1a2b3c4d5e6f7g8h9j0k1l2m3n4p5q6r7'
const LINK = 'https://testflight.tremendous.com/rewards/payout/abc'

type Fields = Record<string, unknown>
const reward = (delivery: Fields, rest: Fields = {}): Fields => ({
  id: 'REWARD1',
  value: { denomination: 12.5, currency_code: 'USD' },
  delivery: { method: 'LINK', ...delivery },
  ...rest,
})
const order = (status: string, rewards: Fields[], rest: Fields = {}) => ({
  order: { id: 'ORDER1', external_id: KEY, status, rewards, ...rest },
})
const read = (body: unknown) => readOrder(body, KEY)
const delivered = reward({ status: 'SUCCEEDED', link: LINK })

describe('the status of an order', () => {
  it.each([
    ['CART', 'pending'],
    ['OPEN', 'pending'],
    ['PENDING APPROVAL', 'pending'],
    ['PENDING INTERNAL PAYMENT APPROVAL', 'pending'],
    ['PENDING SETTLEMENT', 'pending'],
    ['EXECUTED', 'settled'],
    ['FAILED', 'failed'],
    ['CANCELED', 'failed'],
    ['SOMETHING_NEW', 'unknown'],
  ])('%s, with a delivered reward, is %s', (word, status) => {
    expect(read(order(word, [delivered]))?.report.status).toBe(status)
  })

  it('CANCELED with a refund is returned, and needs the operator', () => {
    const payment = { currency_code: 'USD', fees: 0, refund: { total: 12.5 } }
    expect(read(order('CANCELED', [delivered], { payment }))?.report).toMatchObject({
      status: 'returned',
      remedy: 'operator',
    })
  })
})

describe('the delivery of an executed order', () => {
  it.each([
    [{ status: 'PENDING' }, 'pending', 'no-card'],
    [{ status: 'SCHEDULED' }, 'pending', 'no-card'],
    // The reward is there, but the response has no link to it.
    [{ status: 'SUCCEEDED' }, 'pending', 'no-link'],
    [{ status: 'SUCCEEDED', link: LINK }, 'settled', null],
    [{ status: 'FAILED' }, 'unknown', 'delivery-FAILED'],
    [{ status: 'SOMETHING_NEW', link: LINK }, 'unknown', 'delivery-SOMETHING_NEW'],
  ])('%j is %s, with the code %s', (delivery, status, code) => {
    expect(read(order('EXECUTED', [reward(delivery)]))?.report).toMatchObject({ status, code })
  })

  it('without a reward is pending', () => {
    expect(read(order('EXECUTED', []))?.report).toMatchObject({ status: 'pending' })
  })

  it('has the card with its link, face value and last day', () => {
    const expiring = { ...delivered, expires_at: '2030-01-31T00:00:00.000+05:30' }
    expect(read(order('EXECUTED', [expiring]))?.report.cards).toEqual([
      {
        label: 'Link',
        value: LINK,
        url: LINK,
        faceMinor: 1_250,
        validUntil: '2030-01-30T18:30:00.000Z',
      },
    ])
  })

  it('with a face value that has more decimals than the currency is unknown', () => {
    const value = { denomination: 12.555, currency_code: 'USD' }
    const body = order('EXECUTED', [{ ...delivered, value }])
    expect(read(body)?.report).toMatchObject({ status: 'unknown', code: 'malformed-amount' })
  })

  it('without a link is settled once a link was made for the same reward', () => {
    const body = order('EXECUTED', [reward({ status: 'SUCCEEDED' })])
    expect(read(body)?.rewardId).toBe('REWARD1')
    const made = addLink(body, { reward: { id: 'REWARD1', link: LINK } })
    expect(read(made)?.report).toMatchObject({ status: 'settled', cards: [{ url: LINK }] })
    expect(addLink(body, { reward: { id: 'OTHER', link: LINK } })).toBeNull()
    expect(addLink(body, { reward: { id: 'REWARD1' } })).toBeNull()
  })
})

describe('an order that is not ours alone', () => {
  it.each([
    ['of another key', order('EXECUTED', [delivered], { external_id: 'OTHER' }), 'other-order'],
    ['without a key', order('EXECUTED', [delivered], { external_id: null }), 'other-order'],
    ['of two rewards', order('EXECUTED', [delivered, delivered]), 'several'],
  ])('%s is unknown', (_name, body, code) => {
    expect(read(body)?.report).toMatchObject({ status: 'unknown', code })
  })

  it('in no known form has no report', () => {
    expect([read({ orders: [] }), read(undefined)]).toEqual([null, null])
  })
})

describe('the fee of an order', () => {
  it.each([
    [{ fees: 0.35, currency_code: 'USD' }, 35],
    [{ fees: 0, currency_code: 'USD' }, 0],
    // The order is paid in the currency of our account, the card is in USD.
    [{ fees: 0.35, currency_code: 'EUR' }, null],
    [null, null],
  ])('in %j is %s minor units', (payment, expected) => {
    expect(read(order('EXECUTED', [delivered], { payment }))?.report.feeMinor).toBe(expected)
  })
})

describe('an amount of Tremendous', () => {
  it('is the same in minor units after JSON, for each amount that the driver sends', () => {
    const currencies = fc.constantFrom('USD', 'JPY', 'KWD')
    const amounts = fc.integer({ min: 1, max: 999_999_999_999 })
    fc.assert(
      fc.property(currencies, amounts, (currency, amountMinor) => {
        const json = JSON.stringify(Number(toDecimal(amountMinor, currency)))
        expect(readAmount(JSON.parse(json), currency)).toBe(amountMinor)
      }),
      { numRuns: 5_000 },
    )
  })

  it.each([-1, 0.001, 1e21, Number.NaN, '12.50', null])('%j is refused', (value) => {
    expect(readAmount(value, 'USD')).toBeNull()
  })
})
