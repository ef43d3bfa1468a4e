import { createServer } from 'node:http'

import { listenLocally } from '../../../../test/support/listenLocally.ts'
import { useSimulator } from '../../../../test/support/useSimulator.ts'
import { setTimeSource } from '../../../platform/clock.ts'
import { openPaypal } from '../paypal.ts'
import type { PayoutOrder } from '../types.ts'

const KEY = 'p1a2b3c4d5e6f7g8h9j0k1l2m3n4p5q6r7'
const DAY_MS = 24 * 60 * 60_000
const signal = new AbortController().signal
const simulator = useSimulator()
afterEach(() => setTimeSource(null))

const order: PayoutOrder = {
  key: KEY,
  amountMinor: 12_50,
  currency: 'USD',
  account: { kind: 'paypal', email: 'asha@example.com', holderName: 'Asha Rao' },
  narration: 'Cashback',
  recipient: { memberId: '7', name: 'Asha Rao', email: 'asha@example.com', phone: null },
}
const openAt = (baseUrl: string) =>
  openPaypal({
    clientId: 'client',
    clientSecret: 'secret',
    baseUrl,
    privateHosts: 'any',
    timeoutMs: 2_000,
  })
const open = () => openAt(`${simulator.url()}/paypal`)

type Payout = { id: string; state: string; paidCount: number }
const listPayouts = async () =>
  (await simulator.control<{ payouts: Payout[] }>('/payouts?provider=paypal')).payouts
const listRequests = async () => {
  const { requests } = await simulator.control<{ requests: { path: string }[] }>(
    '/requests?provider=paypal',
  )
  return requests.map(({ path }) => path.replace('/paypal/v1', ''))
}

describe('an order with a lost answer', () => {
  it('is found by sending it again, without a second payment', async () => {
    await simulator.control('/faults', { provider: 'paypal', fault: '500-after', times: 1 })
    const driver = open()
    expect(await driver.send(order, { signal })).toMatchObject({ report: { status: 'unknown' } })
    const ref = { key: KEY, providerId: null, sentAt: new Date() }
    expect(await driver.lookUp(ref, { signal })).toMatchObject({ status: 'unknown' })

    const again = await driver.send(order, { signal })
    const [payout, ...others] = await listPayouts()
    expect(others).toEqual([])
    expect(again).toMatchObject({ report: { status: 'pending', providerId: payout?.id } })
    await simulator.control('/payouts/settle', { key: KEY })
    expect(await driver.send(order, { signal })).toMatchObject({ report: { status: 'settled' } })
    expect(await listPayouts()).toMatchObject([{ paidCount: 1 }])
  })

  it('is paid a second time by PayPal after 30 days, so that a look-up says that it is too old', async () => {
    const driver = open()
    await driver.send(order, { signal })
    const sentAt = new Date()
    const later = Date.now() + 31 * DAY_MS
    await simulator.control('/clock', { advanceMs: 31 * DAY_MS })
    setTimeSource(() => later)

    const ref = { key: KEY, providerId: null, sentAt }
    expect(await driver.lookUp(ref, { signal })).toMatchObject({
      status: 'unknown',
      code: 'too-old',
    })
    expect(await listPayouts()).toHaveLength(1)
    expect(driver.idempotency).toMatchObject({ lifetimeDays: 30, isRepeatSafe: true })
    // PayPal's own behaviour, for which the driver names the lifetime.
    await driver.send(order, { signal })
    expect(await listPayouts()).toHaveLength(2)
  })
})

describe('an unclaimed payout', () => {
  it('is pending until the recipient claims it', async () => {
    await simulator.control('/faults', { provider: 'paypal', fault: 'unclaimed', times: 1 })
    const { driver, ref } = await sendUnclaimed()
    expect(await driver.lookUp(ref, { signal })).toMatchObject({
      status: 'pending',
      code: 'RECEIVER_UNREGISTERED',
      remedy: null,
    })
    await simulator.control('/payouts/settle', { key: KEY })
    expect(await driver.lookUp(ref, { signal })).toMatchObject({ status: 'settled' })
  })

  it('is returned after 30 days, and the member has to correct the address', async () => {
    await simulator.control('/faults', { provider: 'paypal', fault: 'unclaimed', times: 1 })
    const { driver, ref } = await sendUnclaimed()
    await simulator.control('/payouts/reverse', { key: KEY })
    expect(await driver.lookUp(ref, { signal })).toMatchObject({
      status: 'returned',
      code: 'RETURNED',
      remedy: 'fix',
    })
    expect(await listPayouts()).toMatchObject([{ paidCount: 0 }])
  })

  const sendUnclaimed = async () => {
    const driver = open()
    await driver.send(order, { signal })
    const [payout] = await listPayouts()
    return { driver, ref: { key: KEY, providerId: payout?.id ?? '', sentAt: new Date() } }
  }
})

describe('the access token', () => {
  it('is requested once for orders at the same time, and kept', async () => {
    const driver = open()
    await Promise.all(
      ['A', 'B', 'C'].map((key) => driver.send({ ...order, key: KEY + key }, { signal })),
    )
    await driver.send(order, { signal })
    const tokens = (await listRequests()).filter((path) => path === '/oauth2/token')
    expect(tokens).toHaveLength(1)
  })

  it('is renewed shortly before it expires', async () => {
    const driver = open()
    await driver.send(order, { signal })
    const nearlyExpired = Date.now() + 8.95 * 60 * 60_000
    setTimeSource(() => nearlyExpired)
    await driver.send({ ...order, key: `${KEY}2` }, { signal })
    expect((await listRequests()).filter((path) => path === '/oauth2/token')).toHaveLength(2)
  })

  it('that PayPal refuses is discarded, and the order is sent later with a new one', async () => {
    const driver = open()
    await simulator.control('/faults', { provider: 'paypal', fault: 'unauthorized', times: 1 })
    expect(await driver.send(order, { signal })).toMatchObject({ kind: 'not-sent' })
    expect(await driver.send(order, { signal })).toMatchObject({ report: { status: 'pending' } })
    expect((await listRequests()).filter((path) => path === '/oauth2/token')).toHaveLength(2)
  })

  it('that cannot be had means that the order was not sent', async () => {
    const server = await serve({ '/v1/oauth2/token': [503, {}] })
    const result = await openAt(server.url).send(order, { signal })
    await server.close()
    expect(result).toMatchObject({ kind: 'not-sent', code: 'token-503' })
    expect(server.paths).toEqual(['/v1/oauth2/token'])
  })

  it('that never comes does not hold an order of a process that stops', async () => {
    const stopping = new AbortController()
    const silent = createServer(() => stopping.abort())
    const server = await listenLocally(silent)
    const result = await openAt(server.url).send(order, { signal: stopping.signal })
    await server.close()
    expect(result).toMatchObject({ kind: 'not-sent', code: 'stopped' })
  })
})

describe('a refusal of an order', () => {
  const duplicate = (href: string) => ({
    name: 'USER_BUSINESS_ERROR',
    message: 'User business error.',
    details: [{ field: 'SENDER_BATCH_ID', issue: 'Duplicate batch request' }],
    links: [{ href, rel: 'self', method: 'GET' }],
  })
  const sendTo = async (status: number, body: object) => {
    const server = await serve({ '/v1/payments/payouts': [status, body] })
    const result = await openAt(server.url).send(order, { signal })
    await server.close()
    return { result, paths: server.paths.slice(1) }
  }

  it.each([
    'https://evil.example/v1/payments/payouts/BATCH1',
    'https://api-m.paypal.com.evil.example/v1/payments/payouts/BATCH1',
    'http://127.0.0.1:1/v1/payments/payouts/BATCH1',
    'not a link',
  ])('as a duplicate with the link %s is unknown, and the link is not followed', async (href) => {
    const { paths, result } = await sendTo(400, duplicate(href))
    expect(result).toMatchObject({ report: { status: 'unknown', code: 'duplicate-without-link' } })
    expect(paths).toEqual(['/v1/payments/payouts'])
  })

  it.each([
    ['VALIDATION_ERROR', 'items[0].receiver', 'failed', 'fix'],
    ['VALIDATION_ERROR', 'items[0].amount.value', 'failed', 'operator'],
    ['MALFORMED_REQUEST', 'items', 'failed', 'operator'],
    // A repeat may be refused for these although PayPal has taken the order.
    ['USER_BUSINESS_ERROR', 'SOMETHING', 'unknown', null],
    ['INSUFFICIENT_FUNDS', 'amount', 'unknown', null],
  ])('%s of the field %s is %s, with the remedy %s', async (name, field, status, remedy) => {
    const body = { name, message: 'Refused.', details: [{ field, issue: 'asha@example.com' }] }
    const { result } = await sendTo(400, body)
    expect(result).toMatchObject({ kind: 'report', report: { status, code: name, remedy } })
    expect(JSON.stringify(result)).not.toContain('asha@example.com')
  })

  it.each([
    [403, 'not-sent'],
    [429, 'not-sent'],
    [500, 'unknown'],
    [503, 'unknown'],
  ])('with the status %i leaves an order that is %s', async (status, expected) => {
    const { result } = await sendTo(status, { name: 'ANY', message: 'Any.' })
    expect(result.kind === 'report' ? result.report.status : result.kind).toBe(expected)
  })
})

type Answers = Record<string, [status: number, body: object]>

/** Starts a server with a token and these answers by path. */
const serve = async (answers: Answers) => {
  const paths: string[] = []
  const token = { access_token: 'token', expires_in: 3_600 }
  const all: Answers = { '/v1/oauth2/token': [200, token], ...answers }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    paths.push(path)
    const [status, body] = all[path] ?? [404, {}]
    request.resume()
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  return { paths, ...(await listenLocally(server)) }
}
