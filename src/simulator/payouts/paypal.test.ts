import { startReceiver } from '../../../test/support/startReceiver.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'

const simulator = useSimulator()

const requestToken = async (): Promise<Record<string, string>> => {
  const basic = Buffer.from('client:secret').toString('base64')
  const form = new URLSearchParams({ grant_type: 'client_credentials' })
  const { body } = await simulator.post('/paypal/v1/oauth2/token', form, {
    authorization: `Basic ${basic}`,
    'content-type': 'application/x-www-form-urlencoded',
  })
  return { authorization: `Bearer ${(body as { access_token: string }).access_token}` }
}

const batch = (key: string, amount = { value: '12.50', currency: 'USD' }, count = 1) => ({
  sender_batch_header: { sender_batch_id: key },
  items: Array.from({ length: count }, () => ({
    recipient_type: 'EMAIL',
    amount,
    receiver: 'asha@example.com',
    sender_item_id: key,
  })),
})
const PAYOUTS = '/paypal/v1/payments/payouts'

describe('the simulated PayPal', () => {
  it('refuses an order without a token, and with one that has expired', async () => {
    expect((await simulator.post(PAYOUTS, batch('A'))).status).toBe(401)
    const headers = await requestToken()
    await simulator.control('/clock', { advanceMs: 10 * 60 * 60_000 })
    expect((await simulator.post(PAYOUTS, batch('A'), headers)).status).toBe(401)
  })

  it('refuses a repeated batch id with a link to the original', async () => {
    const headers = await requestToken()
    const { body } = await simulator.post(PAYOUTS, batch('A'), headers)
    const { payout_batch_id: id } = (body as { batch_header: { payout_batch_id: string } })
      .batch_header
    expect(await simulator.post(PAYOUTS, batch('A'), headers)).toMatchObject({
      status: 400,
      body: {
        name: 'USER_BUSINESS_ERROR',
        links: [{ href: `${simulator.url()}${PAYOUTS}/${id}` }],
      },
    })
  })

  it.each([
    ['12.505', 'USD', 400],
    ['-1', 'USD', 400],
    ['0', 'USD', 400],
    ['500.50', 'HUF', 400],
    ['500.00', 'JPY', 400],
    ['500', 'HUF', 201],
  ])('answers an amount of %s %s with %i', async (value, currency, status) => {
    const headers = await requestToken()
    const answer = await simulator.post(PAYOUTS, batch('A', { value, currency }), headers)
    expect(answer.status).toBe(status)
  })

  it('refuses a batch of two items', async () => {
    const headers = await requestToken()
    const answer = await simulator.post(PAYOUTS, batch('A', undefined, 2), headers)
    expect(answer.status).toBe(400)
  })

  it('cancels an unclaimed item alone, and sends the event CANCELED for it', async () => {
    const receiver = await startReceiver()
    await simulator.control('/payouts/webhooks', { paypal: { url: receiver.url, id: 'W' } })
    const headers = await requestToken()
    await simulator.control('/faults', { provider: 'paypal', fault: 'unclaimed', times: 1 })
    await simulator.post(PAYOUTS, batch('A'), headers)
    await simulator.post(PAYOUTS, batch('B'), headers)
    const { payouts } = await simulator.control<{ payouts: { extra: { itemId: string } }[] }>(
      '/payouts',
    )
    const cancel = ({ extra }: (typeof payouts)[number]) =>
      simulator.post(`${PAYOUTS}-item/${extra.itemId}/cancel`, {}, headers)
    const [unclaimed, pending] = await Promise.all(payouts.map(cancel))

    expect(unclaimed).toMatchObject({ status: 200, body: { transaction_status: 'RETURNED' } })
    expect(pending).toMatchObject({ status: 400, body: { name: 'ITEM_INCORRECT_STATUS' } })
    await receiver.untilPosts(1)
    receiver.close()
    const event = JSON.parse(receiver.posts[0]?.body ?? '') as { event_type: string }
    expect(event.event_type).toBe('PAYMENT.PAYOUTS-ITEM.CANCELED')
  })
})
