import { startReceiver } from '../../../test/support/startReceiver.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'
import { openPaypal } from '../drivers/paypal.ts'
import type { PayoutOrder } from '../drivers/types.ts'
import { openCertificateReader } from './openCertificateReader.ts'
import { createPaypalWebhook, ITEM_EVENTS } from './readPaypal.ts'

const WEBHOOK_ID = '8PT597110X687430LKGECATA'
const simulator = useSimulator()
let receiver: Awaited<ReturnType<typeof startReceiver>>
beforeAll(async () => {
  receiver = await startReceiver()
})
beforeEach(async () => {
  receiver.posts.length = 0
  await simulator.control('/payouts/webhooks', { paypal: { url: receiver.url, id: WEBHOOK_ID } })
})
afterAll(() => receiver.close())

const order = (key: string): PayoutOrder => ({
  key,
  amountMinor: 12_50,
  currency: 'USD',
  account: { kind: 'paypal', email: 'ravi@example.com', holderName: 'Ravi Kumar' },
  narration: 'Cashback',
  recipient: { memberId: '7', name: 'Ravi Kumar', email: 'ravi@example.com', phone: null },
})

const send = (key: string) =>
  openPaypal({
    clientId: 'client',
    clientSecret: 'secret',
    baseUrl: `${simulator.url()}/paypal`,
    privateHosts: 'any',
  }).send(order(key), { signal: new AbortController().signal })

/** The last webhook that the simulator sent, after the payout was moved. */
const receive = async (key: string, move: string, reason?: string) => {
  await simulator.control(`/payouts/${move}`, { key, ...(reason ? { reason } : {}) })
  const post = receiver.posts.at(-1)
  if (!post) throw new Error('the simulator sent no webhook')
  return {
    headers: post.headers as Record<string, string | undefined>,
    raw: Buffer.from(post.body),
  }
}

const openReader = (options: Partial<Parameters<typeof createPaypalWebhook>[0]> = {}) =>
  createPaypalWebhook({
    webhookId: WEBHOOK_ID,
    certHosts: [new URL(simulator.url()).host],
    fetchCertificate: openCertificateReader('any'),
    privateHosts: 'any',
    ...options,
  })

const now = new Date()
const receiveSettled = async () => {
  await send('KEY1')
  return receive('KEY1', 'settle')
}

describe('a webhook of PayPal', () => {
  it('with a right signature is genuine, and has the report of the item', async () => {
    const received = await receiveSettled()
    expect(await openReader()({ ...received, now })).toMatchObject({
      check: 'genuine',
      reports: [
        {
          provider: 'paypal',
          eventId: expect.stringMatching(/^WH-evt_/) as string,
          key: 'KEY1',
          status: 'settled',
          code: null,
          feeMinor: 25,
          at: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/) as string,
        },
      ],
    })
  })

  it.each([
    'paypal-transmission-id',
    'paypal-transmission-time',
    'paypal-transmission-sig',
    'paypal-cert-url',
    'paypal-auth-algo',
  ])('without %s is unsigned', async (name) => {
    const { headers, raw } = await receiveSettled()
    const others = { ...headers, [name]: undefined }
    expect(await openReader()({ headers: others, raw, now })).toEqual({
      check: 'unsigned',
      reports: [],
    })
  })

  it.each([
    ['another transmission id', { 'paypal-transmission-id': 'other' }],
    ['another time', { 'paypal-transmission-time': new Date(1).toISOString() }],
    ['another signature', { 'paypal-transmission-sig': 'AAAA' }],
    ['another algorithm', { 'paypal-auth-algo': 'SHA1withRSA' }],
    ['no web address of a certificate', { 'paypal-cert-url': 'CERT-1' }],
  ])('with %s is forged', async (_name, changed) => {
    const { headers, raw } = await receiveSettled()
    const reading = openReader()({ headers: { ...headers, ...changed }, raw, now })
    expect(await reading).toEqual({ check: 'forged', reports: [] })
  })

  it('with one changed byte in its body is forged', async () => {
    const { headers, raw } = await receiveSettled()
    const changed = Buffer.from(raw.toString().replace('12.50', '92.50'))
    expect((await openReader()({ headers, raw: changed, now })).check).toBe('forged')
  })

  it('for another webhook of ours is forged', async () => {
    const received = await receiveSettled()
    const reading = openReader({ webhookId: 'OTHER' })({ ...received, now })
    expect((await reading).check).toBe('forged')
  })

  it('signed more than 3 days and an hour ago is stale', async () => {
    const received = await receiveSettled()
    const later = (hours: number) => new Date(Date.now() + hours * 3_600_000)
    expect((await openReader()({ ...received, now: later(72) })).check).toBe('genuine')
    expect((await openReader()({ ...received, now: later(74) })).check).toBe('stale')
  })

  it('signed in the future is stale', async () => {
    const received = await receiveSettled()
    const before = new Date(Date.now() - 10 * 60_000)
    expect((await openReader()({ ...received, now: before })).check).toBe('stale')
  })

  it('twice has the same event id', async () => {
    await simulator.control('/faults', { provider: 'paypal', fault: 'duplicate-webhook', times: 1 })
    await receiveSettled()
    const reader = openReader()
    const [one, two] = await Promise.all(
      receiver.posts.map(({ body, headers }) => reader({ headers, raw: Buffer.from(body), now })),
    )
    expect(receiver.posts).toHaveLength(2)
    expect(two?.reports[0]?.eventId).toBe(one?.reports[0]?.eventId)
  })
})

describe('the certificate of a webhook', () => {
  it.each([
    ['https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1'],
    ['https://evil.example/api.paypal.com/CERT-1'],
    ['https://api.paypal.com:8443/CERT-1'],
    ['https://api.paypal.com@evil.example/CERT-1'],
    ['https://user:secret@api.paypal.com/CERT-1'],
    // Without TLS.
    ['http://api.paypal.com/CERT-1'],
  ])('at %s is not fetched, and the webhook is forged', async (certUrl) => {
    const { headers, raw } = await receiveSettled()
    const fetchCertificate = vi.fn(openCertificateReader('any'))
    const reader = openReader({
      certHosts: ['api.paypal.com'],
      fetchCertificate,
      privateHosts: [],
    })
    const reading = reader({ headers: { ...headers, 'paypal-cert-url': certUrl }, raw, now })
    expect(await reading).toEqual({ check: 'forged', reports: [] })
    expect(fetchCertificate).not.toHaveBeenCalled()
  })

  it('is fetched once for many webhooks, also at the same time', async () => {
    const received = await receiveSettled()
    const fetchCertificate = vi.fn(openCertificateReader('any'))
    const reader = openReader({ fetchCertificate })
    await Promise.all([1, 2, 3].map(() => reader({ ...received, now })))
    await reader({ ...received, now })
    expect(fetchCertificate).toHaveBeenCalledTimes(1)
  })

  it('that cannot be fetched says nothing of the webhook, and is fetched again next time', async () => {
    const received = await receiveSettled()
    const read = openCertificateReader('any')
    const fetchCertificate = vi
      .fn(read)
      .mockRejectedValueOnce(new Error('no connection'))
      .mockResolvedValueOnce('no certificate')
    const reader = openReader({ fetchCertificate })
    const unavailable = { code: 'webhook.certificate-unavailable' }
    await expect(reader({ ...received, now })).rejects.toMatchObject(unavailable)
    await expect(reader({ ...received, now })).rejects.toMatchObject(unavailable)
    expect((await reader({ ...received, now })).check).toBe('genuine')
  })

  it('that has expired makes the webhook forged', async () => {
    const received = await receiveSettled()
    const reading = openReader()({ ...received, now: new Date('2100-06-01') })
    expect((await reading).check).toBe('forged')
  })
})

describe('an event', () => {
  it.each([
    ['settle', undefined, 'settled', null],
    ['fail', 'RECEIVER_ACCOUNT_LOCKED', 'failed', 'fix'],
    ['fail', 'RISK_DECLINE', 'failed', 'operator'],
    // The whole batch is denied, and has no item.
    ['fail', 'INSUFFICIENT_FUNDS', 'failed', 'operator'],
  ])('after %s with %s is %s, with the remedy %s', async (move, reason, status, remedy) => {
    await send('KEY1')
    const received = await receive('KEY1', move, reason)
    const { reports } = await openReader()({ ...received, now })
    expect(reports).toMatchObject([{ key: 'KEY1', status, remedy }])
  })

  it.each(['REFUNDED', 'RETURNED'])('of %s money is returned', async (reason) => {
    await receiveSettled()
    const received = await receive('KEY1', 'reverse', reason)
    const { reports } = await openReader()({ ...received, now })
    expect(reports).toMatchObject([{ key: 'KEY1', status: 'returned', remedy: 'fix' }])
  })

  it('of a late reversal does not exist', async () => {
    await receiveSettled()
    const before = receiver.posts.length
    await simulator.control('/payouts/reverse', { key: 'KEY1' })
    expect(receiver.posts).toHaveLength(before)
  })

  it('of each documented name has a status of the table', () => {
    expect(Object.keys(ITEM_EVENTS).sort()).toEqual(
      'BLOCKED CANCELED DENIED FAILED HELD REFUNDED RETURNED SUCCEEDED UNCLAIMED'.split(' '),
    )
  })
})
