import { createHmac } from 'node:crypto'
import { EventEmitter, once } from 'node:events'

import { listen } from '../listen.ts'
import { applyPayoutEvents } from '../../../jobs/payouts/applyPayoutEvents.ts'
import { startReceiver } from '../../../test/support/startReceiver.ts'
import {
  type Provider,
  PROVIDERS,
  routeOf,
  SIGNERS,
  usePayoutProviders,
} from '../../../test/support/usePayoutProviders.ts'

const MINUTE_MS = 60_000

const providers = usePayoutProviders()
const { apply, events, move, post, read, send, sentStatuses, simulator } = providers

const NAMES = ['razorpayx', 'cashfree', 'paypal', 'simulated'] as const
/** A reason that the member can mend. PayPal sends an event of a return only if it was refunded. */
const REASONS: Record<(typeof NAMES)[number], { fail: string; reverse?: string }> = {
  razorpayx: { fail: 'beneficiary_account_invalid' },
  cashfree: { fail: 'INVALID_BENE_ACCOUNT_OR_IFSC' },
  paypal: { fail: 'RECEIVER_ACCOUNT_LOCKED', reverse: 'REFUNDED' },
  simulated: { fail: 'account_invalid' },
}
const reversalOf = (name: (typeof NAMES)[number], key: string) => {
  const { reverse } = REASONS[name]
  return { key, ...(reverse ? { reason: reverse } : {}) }
}

describe.each(NAMES)('a webhook of %s', (name) => {
  it('settles the withdrawal, and changes nothing when it is repeated', async () => {
    const payment = await send(name)
    expect(await read(payment)).toMatchObject({ status: 'sent', attempt: 'sent' })
    await simulator.control('/faults', { provider: name, fault: 'duplicate-webhook', times: 1 })
    await move('settle', payment)
    const stored = await events()
    expect(new Set(stored.map(({ source }) => source))).toEqual(new Set([`payouts:${name}`]))
    expect(await apply()).toMatchObject({ applied: 1, failed: 0, waiting: 0 })
    const settled = {
      status: 'settled',
      attempt: 'settled',
      isPaidLate: false,
      available: 40_000,
      held: 0,
    }
    expect(await read(payment)).toEqual(settled)
    await move('announce', payment)
    await apply()
    expect(await read(payment)).toEqual(settled)
    expect(new Set(await sentStatuses())).toEqual(new Set([200]))
  })

  it('that is sent twice is stored once', async () => {
    await simulator.control('/faults', { provider: name, fault: 'duplicate-webhook', times: 1 })
    const payment = await send(name)
    await move('settle', payment)
    const statuses = await sentStatuses()
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await events()).toHaveLength(statuses.length / 2)
  })

  it('that arrives before the answer to the order settles it once', async () => {
    await simulator.control('/faults', { provider: name, fault: 'webhook-before-answer', times: 1 })
    const payment = await send(name)
    expect(new Set(await sentStatuses())).toEqual(new Set([200]))
    expect(await read(payment)).toMatchObject({ status: 'sent' })
    expect(await apply()).toMatchObject({ applied: 1 })
    expect(await read(payment)).toMatchObject({ status: 'settled', held: 0 })
  })

  it('about a failure gives the money back', async () => {
    const payment = await send(name)
    await move('fail', { key: payment.key, reason: REASONS[name].fail })
    await apply()
    expect(await read(payment)).toEqual({
      status: 'failed',
      attempt: 'failed',
      isPaidLate: false,
      available: 100_000,
      held: 0,
    })
  })

  it.each(['in their order', 'the other way round'])(
    'about a settlement and a return, %s, gives the money back once',
    async (order) => {
      const receiver = await startReceiver()
      const payment = await send(name)
      await providers.announce({ url: receiver.url })
      await move('settle', payment)
      await move('reverse', reversalOf(name, payment.key))
      const posts = order === 'in their order' ? receiver.posts : receiver.posts.toReversed()
      expect(posts.length).toBeGreaterThan(1)
      for (const { body, headers } of posts) {
        expect(await post(routeOf(name), body, withoutConnection(headers))).toEqual([200, 1])
        await apply()
      }
      receiver.close()
      const returned = {
        status: 'returned',
        attempt: 'returned',
        isPaidLate: false,
        available: 100_000,
        held: 0,
      }
      expect(await read(payment)).toEqual(returned)
      // The same reports again, as events of their own, all in one batch.
      await providers.product().sql(`
        insert into inbound_events (id, source, event_id, status, body, received_at)
        select time_ordered_uuid(), source, event_id || ':again', 'pending', body, now()
        from inbound_events`)
      expect(await apply()).toMatchObject({ applied: 0, failed: 0, waiting: 0 })
      expect(await read(payment)).toEqual(returned)
    },
  )

  it('holds no account data once it is stored', async () => {
    const payment = await send(name)
    await move('fail', { key: payment.key, reason: REASONS[name].fail })
    const text = JSON.stringify(await events())
    const account = PROVIDERS[name].account as Record<string, string>
    for (const field of ['vpa', 'accountNumber', 'ifsc', 'email']) {
      if (account[field]) expect(text).not.toContain(account[field])
    }
  })

  it('that another secret signed is refused with 403, and nothing is stored', async () => {
    const payment = await send(name)
    await providers.announce({ signer: { secret: 'another-secret', id: 'ANOTHER' } })
    await move('settle', payment)
    expect(new Set(await sentStatuses())).toEqual(new Set([403]))
    expect(await events()).toEqual([])
  })

  it('without a signature is refused with 401, and nothing is stored', async () => {
    expect(await post(routeOf(name), '{}')).toEqual([401, 'webhook.unsigned'])
    expect(await events()).toEqual([])
  })

  it('of more than 100 kB is refused with 413, signed or not', async () => {
    const large = 'x'.repeat(100_001)
    expect(await post(routeOf(name), large)).toEqual([413, 'request.too-large'])
    expect(await events()).toEqual([])
  })

  it('finds no route while the driver is not set up', async () => {
    const others = NAMES.filter((other) => other !== name)
    providers.open({}, others)
    expect(await post(routeOf(name), '{}')).toEqual([404, 'request.not-found'])
    expect(await post(routeOf(others[0] as Provider), '{}')).toEqual([401, 'webhook.unsigned'])
  })
})

it.each(['cashfree', 'paypal', 'simulated'] as const)(
  'a webhook of %s from another time is refused with 403, and nothing is stored',
  async (name) => {
    const payment = await send(name)
    // Signed in our future.
    await simulator.control('/clock', { advanceMs: 6 * MINUTE_MS })
    await move('settle', payment)
    expect(new Set(await sentStatuses())).toEqual(new Set([403]))
    expect(await events()).toEqual([])
  },
)

it.each([
  ['razorpayx', { RAZORPAYX_WEBHOOK_SECRETS: '' }],
  ['cashfree', { CASHFREE_CLIENT_SECRET: '' }],
  ['paypal', { PAYPAL_WEBHOOK_ID: '' }],
  ['simulated', { SIMULATED_BANK_WEBHOOK_SECRET: '' }],
] as const)('%s has no route without its secret', async (name, over) => {
  providers.open(over)
  expect(await post(routeOf(name), '{}')).toEqual([404, 'request.not-found'])
})

it('Tremendous has no route', async () => {
  expect(await post('/webhooks/tremendous', '{}')).toEqual([404, 'request.not-found'])
})

it('a webhook of PayPal with a certificate that cannot be read gets 503, and is accepted later', async () => {
  const receiver = await startReceiver()
  const payment = await send('paypal')
  await providers.announce({ url: receiver.url })
  await move('settle', payment)
  receiver.close()
  const [sent] = receiver.posts
  const headers = withoutConnection(sent?.headers ?? {})
  const missing = `${headers['paypal-cert-url']}/missing`
  const answer = await post(routeOf('paypal'), sent?.body ?? '', {
    ...headers,
    'paypal-cert-url': missing,
  })
  expect(answer).toEqual([503, 'webhook.certificate-unavailable'])
  expect(await events()).toEqual([])
  expect(await post(routeOf('paypal'), sent?.body ?? '', headers)).toEqual([200, 1])
})

it('a genuine webhook about something else is answered with 200 and not stored', async () => {
  const body = JSON.stringify({ event: 'payout.downtime.started' })
  const signature = createHmac('sha256', SIGNERS.razorpayx?.secret ?? '')
    .update(body)
    .digest('hex')
  const headers = { 'x-razorpay-signature': signature }
  expect(await post(routeOf('razorpayx'), body, headers)).toEqual([200, 0])
  expect(await events()).toEqual([])
})

it('an event id of any length is stored, and recognised again', async () => {
  const body = JSON.stringify({
    event: 'payout.processed',
    payload: {
      payout: { entity: { id: 'pout_1', entity: 'payout', status: 'processed' } },
    },
  })
  const signature = createHmac('sha256', SIGNERS.razorpayx?.secret ?? '')
    .update(body)
    .digest('hex')
  const headers = { 'x-razorpay-signature': signature, 'x-razorpay-event-id': 'e'.repeat(8_000) }
  for (let n = 0; n < 2; n += 1) {
    expect(await post(routeOf('razorpayx'), body, headers)).toEqual([200, 1])
  }
  expect(await events()).toHaveLength(1)
})

it('a webhook that cannot be stored is not answered with 200, and the provider repeats it', async () => {
  const payment = await send('simulated')
  const { sql } = providers.product()
  await sql('alter table inbound_events rename to elsewhere')
  try {
    await move('settle', payment)
    expect(await sentStatuses()).toEqual([500])
  } finally {
    await sql('alter table elsewhere rename to inbound_events')
  }
  await move('announce', payment)
  await apply()
  expect(await read(payment)).toMatchObject({ status: 'settled' })
})

it('a webhook wakes the job that applies reports', async () => {
  const bell = new EventEmitter()
  const listener = await listen({
    databaseUrl: providers.product().databaseUrl,
    names: [applyPayoutEvents.wakeOn ?? ''],
    onName: (name) => bell.emit('woken', name),
    onConnect: () => Promise.resolve(),
  })
  const payment = await send('simulated')
  const woken = once(bell, 'woken')
  await move('settle', payment)
  expect(await woken).toEqual(['payout-events'])
  await listener.close()
})

/** The headers of a request without those of its connection. */
const withoutConnection = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !['connection', 'content-length', 'host', 'transfer-encoding'].includes(name),
    ),
  )
