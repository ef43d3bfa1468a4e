import { useSimulator } from '../../../../test/support/useSimulator.ts'
import { openTremendous } from '../tremendous.ts'
import type { PayoutOrder } from '../types.ts'
import { listProducts } from './listProducts.ts'

const KEY = 'p1a2b3c4d5e6f7g8h9j0k1l2m3n4p5q6r7'
const signal = new AbortController().signal
const simulator = useSimulator()

const order: PayoutOrder = {
  key: KEY,
  amountMinor: 25_00,
  currency: 'USD',
  account: {
    kind: 'gift-card',
    product: 'A2J05SWPI2QG',
    email: 'asha@example.com',
    holderName: 'Asha Rao',
  },
  narration: 'Cashback',
  recipient: { memberId: '7', name: 'Asha Rao', email: 'asha@example.com', phone: null },
}
const settings = () => ({
  apiKey: 'TEST_key',
  baseUrl: `${simulator.url()}/tremendous/api/v2`,
  privateHosts: 'any' as const,
})
const open = (fundingSourceId = 'BALANCE') => openTremendous({ ...settings(), fundingSourceId })
const lookUp = () => open().lookUp({ key: KEY, providerId: null, sentAt: new Date() }, { signal })
const autoSettle = () => simulator.control('/payouts/auto-settle', { enabled: true })
const LINK = { url: expect.stringContaining('/rewards/payout/') as string, faceMinor: 25_00 }

describe('a gift card', () => {
  it('that is there at once is settled with its link in the first answer', async () => {
    await autoSettle()
    expect(await open().send(order, { signal })).toMatchObject({
      report: { status: 'settled', cards: [LINK] },
    })
  })

  it('that comes later is pending, and settled with its link by the next look-up', async () => {
    await autoSettle()
    await simulator.control('/faults', { provider: 'tremendous', fault: 'codes-later', times: 1 })
    const sent = await open().send(order, { signal })
    expect(sent).toMatchObject({ report: { status: 'pending', code: 'no-card' } })
    expect(await lookUp()).toMatchObject({ status: 'settled', cards: [LINK] })
  })

  it('without a link to be had is pending, not settled', async () => {
    await autoSettle()
    await open().send(order, { signal })
    const fault = { provider: 'tremendous', fault: '500-before', isForLookUps: true }
    // The order is read, and the request for its link fails.
    await simulator.control('/faults', { ...fault, after: 1, times: 1 })
    expect(await lookUp()).toMatchObject({ status: 'pending', code: 'no-link' })
    expect(await lookUp()).toMatchObject({ status: 'settled', cards: [LINK] })
  })

  it('with an amount that the product does not have fails, and the member can correct it', async () => {
    const result = await open().send({ ...order, amountMinor: 26_00 }, { signal })
    expect(result).toMatchObject({
      report: { status: 'failed', code: 'validation', remedy: 'fix' },
    })
  })
})

describe('the balance', () => {
  it('is in minor units by currency', async () => {
    const balance = { provider: 'tremendous', currency: 'USD', amountMinor: 1_234_56 }
    await simulator.control('/payouts/balance', balance)
    expect(await open().readBalance?.({ signal })).toEqual({ USD: 1_234_56 })
    expect(await open('SIMULATORBALANCE').readBalance?.({ signal })).toEqual({ USD: 1_234_56 })
  })

  it('is empty for another source of money, and if it cannot be read', async () => {
    expect(await open('OTHER').readBalance?.({ signal })).toEqual({})
    expect(await open().readBalance?.({ signal: AbortSignal.abort() })).toEqual({})
  })
})

describe('the catalogue', () => {
  it('lists a product for each currency, with its fixed amounts and ranges', async () => {
    const listed = await listProducts(settings(), { signal })
    expect(listed).toEqual({
      kind: 'products',
      products: [
        {
          id: 'OKMHM2X2OHYV',
          name: 'Amazon.com',
          category: 'merchant_card',
          currency: 'USD',
          countries: ['US'],
          denominations: [{ kind: 'range', minMinor: 1, maxMinor: 2_000_00 }],
        },
        {
          id: 'A2J05SWPI2QG',
          name: 'Coffee House',
          category: 'merchant_card',
          currency: 'USD',
          countries: ['US', 'CA'],
          denominations: [
            { kind: 'fixed', amountMinor: 10_00 },
            { kind: 'fixed', amountMinor: 25_00 },
            { kind: 'fixed', amountMinor: 50_00 },
          ],
        },
        {
          id: 'SRDHFATO9KHN',
          name: 'Amazon.in',
          category: 'merchant_card',
          currency: 'INR',
          countries: ['IN'],
          denominations: [{ kind: 'range', minMinor: 10_00, maxMinor: 10_000_00 }],
        },
      ],
    })
  })

  it('that cannot be read is reported, not thrown', async () => {
    const stopped = await listProducts(settings(), { signal: AbortSignal.abort() })
    expect(stopped).toMatchObject({ kind: 'failed', code: 'stopped' })
    const refused = await listProducts({ ...settings(), apiKey: '' }, { signal })
    expect(refused).toMatchObject({ kind: 'failed', code: 'http-401' })
  })
})
