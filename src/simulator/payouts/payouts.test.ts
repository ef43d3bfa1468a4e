import { startReceiver } from '../../../test/support/startReceiver.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'

const simulator = useSimulator()
const AUTHORIZED = { authorization: 'Bearer key' }
const order = {
  amountMinor: 5_000,
  currency: 'INR',
  account: { kind: 'upi', vpa: 'asha@okexample' },
  narration: 'Payout',
}

type Payout = { key: string; state: string; reason: string | null; paidCount: number }

const place = (key: string, over: object = {}) =>
  simulator.post(
    '/simulated-bank/payouts',
    { ...order, ...over },
    { ...AUTHORIZED, 'idempotency-key': key },
  )
const placeAtCashfree = (key: string, amount: unknown) =>
  simulator.post(
    '/cashfree/payout/transfers',
    {
      transfer_id: key,
      transfer_amount: amount,
      transfer_mode: 'upi',
      beneficiary_details: {
        beneficiary_name: 'Asha',
        beneficiary_instrument_details: { vpa: 'asha@okexample' },
      },
    },
    { 'x-client-id': 'id', 'x-client-secret': 'secret', 'x-api-version': '2024-01-01' },
  )
const listPayouts = async () => (await simulator.control<{ payouts: Payout[] }>('/payouts')).payouts

describe('an order', () => {
  it('is pending until it is settled by hand, and counts as paid then', async () => {
    await place('one')
    expect(await listPayouts()).toMatchObject([{ key: 'one', state: 'pending', paidCount: 0 }])
    await simulator.control('/payouts/settle', { key: 'one' })
    expect(await listPayouts()).toMatchObject([{ key: 'one', state: 'settled', paidCount: 1 }])
  })

  it('settles by itself after the delay, by the simulator’s clock', async () => {
    await simulator.control('/clock', { isTicking: false })
    await simulator.control('/payouts/auto-settle', { enabled: true, delayMs: 60_000 })
    await place('one')
    await simulator.control('/clock', { advanceMs: 59_999 })
    expect(await listPayouts()).toMatchObject([{ state: 'pending' }])
    await simulator.control('/clock', { advanceMs: 1 })
    expect(await listPayouts()).toMatchObject([{ state: 'settled' }])
  })

  it('with the fault stays-pending never settles by itself', async () => {
    await simulator.control('/payouts/auto-settle', { enabled: true })
    await simulator.control('/faults', { provider: 'simulated', fault: 'stays-pending', times: 1 })
    await place('one')
    await place('two')
    await simulator.control('/clock', { advanceMs: 86_400_000 })
    expect(await listPayouts()).toMatchObject([{ state: 'pending' }, { state: 'settled' }])
  })

  it('above the balance fails, and one within it lowers the balance when it settles', async () => {
    const balance = { provider: 'simulated', currency: 'INR', amountMinor: 8_000 }
    await simulator.control('/payouts/balance', balance)
    await place('one')
    await simulator.control('/payouts/settle', { key: 'one' })
    await place('two')
    expect(await listPayouts()).toMatchObject([
      { state: 'settled' },
      { state: 'failed', reason: 'low_balance' },
    ])
    const { body } = await simulator.get('/simulated-bank/balance', AUTHORIZED)
    expect(body).toEqual({ currency: 'INR', amountMinor: 3_000 })
  })

  it('is refused with a key of another order', async () => {
    await place('one')
    expect(await place('one', { amountMinor: 1 })).toMatchObject({ status: 400 })
    expect(await place('one')).toMatchObject({ status: 200 })
    expect(await listPayouts()).toHaveLength(1)
  })

  it('of Cashfree is refused with a transfer id that exists, whatever it contains', async () => {
    expect((await placeAtCashfree('one', 10.5)).status).toBe(200)
    expect((await placeAtCashfree('one', 10.5)).status).toBe(409)
    expect(await listPayouts()).toHaveLength(1)
  })

  it.each([[0.5], [10.005], ['10'], [null]])(
    'of Cashfree is refused with the amount %j',
    async (amount) => {
      expect((await placeAtCashfree('one', amount)).status).toBe(422)
      expect(await listPayouts()).toEqual([])
    },
  )

  it('without credentials is refused', async () => {
    expect(await simulator.post('/simulated-bank/payouts', order)).toMatchObject({ status: 401 })
  })
})

describe('the controls', () => {
  it('refuse to move a payout that is over', async () => {
    await place('one')
    await simulator.control('/payouts/fail', { key: 'one', reason: 'account_closed' })
    const refusal = await simulator.control('/payouts/settle', { key: 'one' })
    expect(refusal).toEqual({ error: 'A payout that is failed cannot settle.' })
    expect(await listPayouts()).toMatchObject([{ reason: 'account_closed', paidCount: 0 }])
  })

  it('return a settled payout, and the payment stays counted', async () => {
    await place('one')
    await simulator.control('/payouts/settle', { key: 'one' })
    await simulator.control('/payouts/reverse', { key: 'one' })
    expect(await listPayouts()).toMatchObject([{ state: 'returned', paidCount: 1 }])
  })

  it('say that there is no such payout', async () => {
    const refusal = await simulator.control('/payouts/settle', { key: 'none' })
    expect(refusal).toEqual({ error: 'There is no payout none.' })
  })

  it.each([
    ['simulated', 'unclaimed'],
    ['simulated', 'bad-recipient'],
    ['sendgrid', 'late-reversal'],
  ])('refuse a fault that %s cannot show: %s', async (provider, fault) => {
    const refusal = await simulator.control('/faults', { provider, fault })
    expect(refusal).toEqual({ error: `${provider} cannot show ${fault}.` })
  })

  it('forget the payments with the rest of the state', async () => {
    await place('one')
    await simulator.control('/state', undefined, 'DELETE')
    expect(await listPayouts()).toEqual([])
  })
})

describe('a webhook', () => {
  it('is sent for each change, in order, and logged', async () => {
    const receiver = await startReceiver()
    await simulator.control('/payouts/webhooks', { simulated: { url: receiver.url, secret: 's' } })
    await place('one')
    await simulator.control('/payouts/settle', { key: 'one' })
    await simulator.control('/payouts/reverse', { key: 'one' })
    receiver.close()
    const statuses = receiver.posts.map(
      ({ body }) => (JSON.parse(body) as { payout: { status: string } }).payout.status,
    )
    expect(statuses).toEqual(['paid', 'returned'])
    const { sent } = await simulator.control('/payouts/webhooks')
    expect(sent).toMatchObject([
      { key: 'one', state: 'settled', status: 200 },
      { key: 'one', state: 'returned', status: 200 },
    ])
  })
})
