import type { ServerResponse } from 'node:http'

import fc from 'fast-check'

import type {
  MethodKind,
  PayoutAccount,
  PayoutDriver,
  PayoutOrder,
  PayoutReport,
  ReadWebhook,
  SendResult,
} from '../../src/payouts/drivers/types.ts'
import { listen } from './listen.ts'
import { startReceiver } from './startReceiver.ts'
import { useSimulator } from './useSimulator.ts'

type Connection = { baseUrl: string; timeoutMs: number; privateHosts: 'any' }
type Ask = { kind: MethodKind; currency: string; amountMinor: number }

export type DriverContract = {
  /** The provider's base path in the simulator, such as `/razorpayx/v1`. */
  basePath: string
  openDriver: (connection: Connection) => PayoutDriver
  /** One account of each kind that the driver pays. */
  accounts: [PayoutAccount, ...PayoutAccount[]]
  currency: string
  /** Reads amount and narration of an order as the provider received them. */
  readWire: (request: never) => { amount: unknown; narration?: unknown }
  /** The amount as the provider wants it, from minor units. */
  wireAmount: (amountMinor: number) => unknown
  /** The largest amount of the first account. */
  maxMinor: number
  /** An order that the balance does not cover, after a look-up. */
  lowBalance: Partial<PayoutReport>
  /** Reasons of the provider, and what helps; one that is not listed needs a person. */
  reasons: Record<string, PayoutReport['remedy']>
  /** The report of a look-up for a key that the provider does not have. */
  missing: Partial<PayoutReport>
  /** What a settled payout shows beside its status. */
  settled: Partial<PayoutReport>
  refused: (Ask & { code: string })[]
  /** The code of every failed payout, where the provider names no reason. */
  failureCode?: string
  /** Finds a payout by the provider's id alone, so that look-ups of the suite have it. */
  needsProviderId?: boolean
  /** Null for a provider without webhooks. */
  webhook: WebhookContract | null
  /** Requests an access token first, so that a proxy's answer never concerns an order. */
  hasTokens?: boolean
}

type WebhookContract = {
  open: (simulatorUrl: string) => ReadWebhook
  target: { secret?: string; id?: string }
  signatureHeader: string
  /** Signs the time, so that an old webhook is stale after so many minutes; null if not. */
  staleAfterMinutes: number | null
  /** States that no event of the provider reports. */
  silent?: ('failed' | 'returned' | 'settled')[]
  /** Whether a webhook has our key. */
  hasKey: boolean
}

type Payout = {
  key: string
  id: string
  state: string
  amountMinor: number
  paidCount: number
  request: never
}

/** Shorter than the fault `timeout`, longer than any response on this machine. */
const TIMEOUT_MS = 1_500
const RETRY_AFTER_SECONDS = 7
const MINUTE_MS = 60_000
const never = new AbortController().signal
const stopped = AbortSignal.abort()

/**
 * Tests over real HTTP, against the simulator, what every payout driver must do: never throw, never
 * pay twice, conclude nothing from a lost answer, and let no account data into a text.
 */
export const testDriverContract = (contract: DriverContract): void => {
  const { accounts, basePath, currency, openDriver } = contract
  const simulator = useSimulator()
  const { name, refuse } = openDriver({
    baseUrl: 'http://127.0.0.1:1',
    timeoutMs: TIMEOUT_MS,
    privateHosts: 'any',
  })
  const [account] = accounts

  const openAt = (baseUrl: string) =>
    openDriver({ baseUrl, timeoutMs: TIMEOUT_MS, privateHosts: 'any' })
  const driver = () => openAt(simulator.url() + basePath)
  const send = (order: PayoutOrder, signal = never) => driver().send(order, { signal })
  const lookUp = async (
    key: string,
    { providerId = null as string | null, signal = never } = {},
  ) => {
    const known = contract.needsProviderId ? (await listPayouts(key))[0]?.id : undefined
    const ref = { key, providerId: providerId ?? known ?? null, sentAt: new Date() }
    return driver().lookUp(ref, { signal })
  }
  const setFault = async (fault: string, more: object = {}) => {
    const rule = { provider: name, fault, times: 1, ...more }
    expect(await simulator.control('/faults', rule)).toHaveProperty('faults')
  }
  const listPayouts = async (key?: string) => {
    const query = key === undefined ? '' : `&key=${key}`
    return (await simulator.control<{ payouts: Payout[] }>(`/payouts?provider=${name}${query}`))
      .payouts
  }
  const move = async (
    to: 'announce' | 'fail' | 'reverse' | 'settle',
    key: string,
    reason?: string,
  ) => {
    const choice = { provider: name, key, ...(reason ? { reason } : {}) }
    expect(await simulator.control(`/payouts/${to}`, choice)).toHaveProperty('payout')
  }
  const orderOf = (over: Partial<PayoutOrder> = {}): PayoutOrder => ({
    key: createKey(),
    amountMinor: 123_456,
    currency,
    account,
    narration: 'Tributary payout 42',
    recipient: {
      memberId: 'member-42',
      name: account.holderName,
      email: 'asha.rao@example.com',
      phone: '9800000001',
    },
    ...over,
  })
  /** The money left once, whatever was sent. */
  const expectPaidOnce = async (key: string) => {
    const [payout, ...others] = await listPayouts(key)
    expect(others).toEqual([])
    if (payout?.state === 'pending' || payout?.state === 'unclaimed') await move('settle', key)
    expect((await listPayouts(key)).map(({ paidCount }) => paidCount)).toEqual([1])
  }

  describe('an order', () => {
    it.each(accounts.map((each) => [each.kind, each] as const))(
      'to %s is pending, and settled once the provider has paid it',
      async (_kind, to) => {
        const order = orderOf({ account: to })
        const sent = reportOf(await send(order))
        expect(sent).toMatchObject({ status: 'pending', remedy: null })
        expect(sent.providerId).not.toBeNull()
        const byId = { providerId: sent.providerId }
        expect(await lookUp(order.key, byId)).toMatchObject({ ...byId, status: 'pending' })
        await move('settle', order.key)
        const settled = { status: 'settled', remedy: null, ...byId, ...contract.settled }
        expect(await lookUp(order.key, byId)).toMatchObject(settled)
        expect(await lookUp(order.key)).toMatchObject(settled)
        await expectPaidOnce(order.key)
      },
    )

    it('that is sent again with its key is paid once', async () => {
      const order = orderOf()
      const first = reportOf(await send(order))
      const again = reportOf(await send(order))
      expect(['pending', 'settled']).toContain(again.status)
      expect(again.providerId).toBe(first.providerId)
      await move('settle', order.key)
      expect(['pending', 'settled']).toContain(reportOf(await send(order)).status)
      await expectPaidOnce(order.key)
      expect(await lookUp(order.key)).toMatchObject({ status: 'settled' })
    })

    it('that is sent with the key of another order does not fail, and is not paid', async () => {
      const order = orderOf()
      await send(order)
      const other = reportOf(await send({ ...order, amountMinor: order.amountMinor + 100 }))
      expect(['pending', 'unknown']).toContain(other.status)
      expect(await listPayouts(order.key)).toMatchObject([{ amountMinor: order.amountMinor }])
      await expectPaidOnce(order.key)
    })

    it('has its exact amount on the wire, and its narration', async () => {
      const amounts = fc.integer({ min: 100, max: contract.maxMinor })
      await fc.assert(
        fc.asyncProperty(amounts, async (amountMinor) => {
          const order = orderOf({ amountMinor })
          reportOf(await send(order))
          const [payout] = await listPayouts(order.key)
          expect(payout?.amountMinor).toBe(amountMinor)
          const wire = contract.readWire(payout?.request as never)
          expect(wire.amount).toEqual(contract.wireAmount(amountMinor))
          if ('narration' in wire) expect(wire.narration).toBe(order.narration)
        }),
        { numRuns: 40, examples: [[100], [101], [110], [1_010], [contract.maxMinor]] },
      )
    })

    it('is not sent if the process is stopping already', async () => {
      const order = orderOf()
      expect(await send(order, stopped)).toMatchObject({ kind: 'not-sent', code: 'stopped' })
      expect(await listPayouts()).toEqual([])
    })
  })

  describe('a lost answer', () => {
    it.each(['accepted-and-cut', '500-after', 'timeout', 'truncated'])(
      '(%s) to an order that was taken is unknown; the look-up finds it, and it is paid once',
      async (fault) => {
        const order = orderOf()
        await setFault(fault)
        expect(reportOf(await send(order))).toMatchObject({ status: 'unknown', remedy: null })
        expect(await listPayouts(order.key)).toHaveLength(1)
        expect(await lookUp(order.key)).toMatchObject({ status: 'pending' })
        await send(order)
        await expectPaidOnce(order.key)
        expect(await lookUp(order.key)).toMatchObject({ status: 'settled' })
      },
    )

    it.each(['500-before', 'cut-before'])(
      '(%s) to an order that was not taken is unknown, and sending it again pays once',
      async (fault) => {
        const order = orderOf()
        await setFault(fault)
        expect(reportOf(await send(order))).toMatchObject({ status: 'unknown' })
        expect(await listPayouts(order.key)).toEqual([])
        expect(await lookUp(order.key)).toMatchObject(contract.missing)
        await send(order)
        await expectPaidOnce(order.key)
      },
    )

    it('because the process stops is unknown', async () => {
      const order = orderOf()
      const stopping = new AbortController()
      await setFault('timeout')
      const sending = send(order, stopping.signal)
      await vi.waitFor(async () => expect(await listPayouts(order.key)).toHaveLength(1))
      stopping.abort()
      expect(reportOf(await sending)).toMatchObject({ status: 'unknown', code: 'stopped' })
    })
  })

  describe('an order that was not taken', () => {
    it('because of a rate limit is not sent, and names the wait', async () => {
      const order = orderOf()
      await setFault('429', { seconds: RETRY_AFTER_SECONDS })
      expect(await send(order)).toMatchObject({
        kind: 'not-sent',
        code: 'http-429',
        afterMs: RETRY_AFTER_SECONDS * 1000,
      })
      expect(await listPayouts()).toEqual([])
      expect(reportOf(await send(order)).status).toBe('pending')
    })

    it('because of the credentials is not sent', async () => {
      await setFault('unauthorized')
      expect(await send(orderOf())).toMatchObject({ kind: 'not-sent', code: 'http-401' })
      expect(await listPayouts()).toEqual([])
    })

    it('because no server listens is not sent', async () => {
      const server = await listen(() => undefined)
      await server.close()
      const result = await openAt(server.url).send(orderOf(), { signal: never })
      expect(result).toMatchObject({ kind: 'not-sent', code: 'ECONNREFUSED', afterMs: null })
    })

    it('because the host is unknown is not sent', async () => {
      const result = await openAt('http://provider.invalid').send(orderOf(), { signal: never })
      expect(result.kind).toBe('not-sent')
    })
  })

  describe('a conflict', () => {
    it('with a request that is still running does not fail the order, which is paid once', async () => {
      const order = orderOf()
      await setFault('conflict-while-running')
      expect(['pending', 'unknown']).toContain(reportOf(await send(order)).status)
      await send(order)
      await expectPaidOnce(order.key)
    })
  })

  describe('a failure', () => {
    it('because of our balance is reported as the provider documents it', async () => {
      const order = orderOf()
      await setFault('low-balance')
      const sent = await send(order)
      const report = isOpen(sent) ? await lookUp(order.key) : reportOf(sent)
      expect(report).toMatchObject(contract.lowBalance)
      expect((await listPayouts(order.key)).map(({ paidCount }) => paidCount)).not.toContain(1)
    })

    it.each([...Object.entries(contract.reasons), ['SOMETHING_NEW', 'operator'] as const])(
      'because of %s has the remedy %s, at once and in a look-up',
      async (reason, remedy) => {
        const order = orderOf()
        await setFault(`fails-${reason}`)
        const sent = await send(order)
        const failed = { status: 'failed', code: contract.failureCode ?? reason, remedy }
        if (!isOpen(sent)) expect(reportOf(sent)).toMatchObject(failed)
        expect(await lookUp(order.key)).toMatchObject(failed)
      },
    )

    it('after the order was taken is found by the look-up', async () => {
      const order = orderOf()
      await send(order)
      const [reason = '', remedy] = Object.entries(contract.reasons)[0] ?? []
      await move('fail', order.key, reason)
      const failed = { status: 'failed', code: contract.failureCode ?? reason, remedy }
      expect(await lookUp(order.key)).toMatchObject(failed)
    })

    it('shows no account data, whatever the provider writes', async () => {
      for (const to of accounts) {
        for (const fault of ['fails-SOMETHING_NEW', 'low-balance', '429', 'unauthorized']) {
          const order = orderOf({ account: to })
          await setFault(fault)
          expectNoSecrets(await send(order), order)
          expectNoSecrets(await lookUp(order.key), order)
        }
      }
    })
  })

  describe('a return', () => {
    it('after the payment settled is found by the look-up, once', async () => {
      const order = orderOf()
      await setFault('late-reversal', { seconds: 3_600 })
      await send(order)
      await move('settle', order.key)
      expect(await lookUp(order.key)).toMatchObject({ status: 'settled' })
      await simulator.control('/clock', { advanceMs: 3_600_000 })
      const returned = await lookUp(order.key)
      expect(returned).toMatchObject({ status: 'returned' })
      expect(returned.remedy).not.toBeNull()
      await expectPaidOnce(order.key)
    })
  })

  describe('a look-up', () => {
    it('of a key that the provider does not have says so', async () => {
      expect(await lookUp(createKey())).toMatchObject(contract.missing)
      expect(await listPayouts()).toEqual([])
    })

    it.each(['500-before', 'cut-before', 'timeout', 'truncated', '429', 'unauthorized'])(
      'without a proper answer (%s) is unknown',
      async (fault) => {
        const order = orderOf()
        const { providerId } = reportOf(await send(order))
        await setFault(fault, { isForLookUps: true, times: 9 })
        expect(await lookUp(order.key, { providerId })).toMatchObject({ status: 'unknown' })
      },
    )

    it('of another payout’s id does not report that payout', async () => {
      const [one, two] = [orderOf(), orderOf()]
      const { providerId } = reportOf(await send(one))
      await send(two)
      await move('settle', one.key)
      const report = await lookUp(two.key, { providerId })
      expect(report.status === 'settled' || report.status === 'failed').toBe(false)
    })

    it('ends when the process stops', async () => {
      expect(await lookUp(createKey(), { signal: stopped })).toMatchObject({ status: 'unknown' })
    })
  })

  describe.skipIf(contract.hasTokens)('a response of a proxy in front of the provider', () => {
    it.each([
      [302, 'unknown'],
      [400, 'unknown'],
      [401, 'not-sent'],
      [403, 'not-sent'],
      [404, 'not-sent'],
      [408, 'unknown'],
      [409, 'unknown'],
      [429, 'not-sent'],
      [502, 'unknown'],
      [503, 'unknown'],
      [504, 'unknown'],
    ])('with the status %i leaves an order that is %s', async (status, expected) => {
      const other = await listen((response) => response.end())
      const answer = (response: ServerResponse) =>
        response
          .writeHead(status, { 'content-type': 'text/html', location: other.url })
          .end('<html></html>')
      const server = await listen(answer)
      const result = await openAt(server.url).send(orderOf(), { signal: never })
      const found = await openAt(server.url).lookUp(
        { key: createKey(), providerId: null, sentAt: new Date() },
        { signal: never },
      )
      await Promise.all([server.close(), other.close()])
      expect(result.kind === 'report' ? result.report.status : result.kind).toBe(expected)
      expect(found.status).toBe('unknown')
      expect(other.received).toEqual([])
    })
  })

  describe('refuse', () => {
    it.each(contract.refused)(
      'returns $code for $amountMinor $currency by $kind',
      ({ code, ...ask }) => {
        const refusal = refuse(ask)
        expect(refusal).toMatchObject({ code })
        expect(refusal?.message).toMatch(/^[A-Z].+\.$/)
      },
    )

    it('returns null for what the driver pays', () => {
      for (const { kind } of accounts) {
        expect(refuse({ kind, currency, amountMinor: 100_000 })).toBeNull()
      }
    })

    it('is respected by send, which makes no request then', async () => {
      const [ask] = contract.refused.filter(({ kind }) => kind === account.kind)
      if (!ask) throw new Error('The contract needs a refusal of its first account.')
      const { amountMinor, code, currency: other } = ask
      const result = reportOf(await send(orderOf({ amountMinor, currency: other })))
      expect(result).toMatchObject({ status: 'failed', code, remedy: 'never' })
      expect(await listPayouts()).toEqual([])
    })
  })

  const testWebhooks = (webhook: WebhookContract) => {
    let receiver: Awaited<ReturnType<typeof startReceiver>>
    beforeEach(async () => {
      receiver = await startReceiver()
      const target = { url: receiver.url, ...webhook.target }
      await simulator.control('/payouts/webhooks', { [name]: target })
    })
    afterEach(() => receiver.close())

    type Post = (typeof receiver.posts)[number]
    const read = (post: Post, { now = new Date(), body = post.body } = {}) =>
      webhook.open(simulator.url())({ headers: post.headers, raw: Buffer.from(body), now })
    const readAll = async () => {
      const results = await Promise.all(receiver.posts.map((post) => read(post)))
      return results.flatMap(({ check, reports }) => {
        expect(check).toBe('genuine')
        return reports
      })
    }
    const isReported = (state: 'failed' | 'returned' | 'settled') =>
      !webhook.silent?.includes(state)
    const firstPost = async (): Promise<{ post: Post; order: PayoutOrder }> => {
      const order = orderOf()
      await send(order)
      await move('settle', order.key)
      const [post] = receiver.posts
      if (!post) throw new Error('No webhook came.')
      return { post, order }
    }

    it('reports that the payout settled, with its key or the provider’s id', async () => {
      const order = orderOf()
      const { providerId } = reportOf(await send(order))
      await move('settle', order.key)
      const report = (await readAll()).at(-1)
      expect(report).toMatchObject({ provider: name, status: 'settled', providerId })
      expect(report?.key).toBe(webhook.hasKey ? order.key : (report?.key ?? null))
      expect(Date.parse(report?.at ?? '')).toBeGreaterThan(Date.now() - MINUTE_MS)
      expect(Date.parse(report?.at ?? '')).toBeLessThan(Date.now() + MINUTE_MS)
    })

    it('reports failure and return with a remedy, each as an event of its own', async () => {
      const [failing, returning] = [orderOf(), orderOf()]
      const [reason = '', remedy] = Object.entries(contract.reasons)[0] ?? []
      await send(failing)
      await move('fail', failing.key, reason)
      await send(returning)
      await move('settle', returning.key)
      await move('reverse', returning.key)
      const reports = await readAll()
      const seen = reports.map(({ status }) => status)
      expect(seen.includes('failed')).toBe(isReported('failed'))
      expect(seen.includes('returned')).toBe(isReported('returned'))
      const failed = reports.find(({ status }) => status === 'failed')
      if (failed) expect(failed).toMatchObject({ code: reason, remedy })
      expect(new Set(reports.map(({ eventId }) => eventId)).size).toBe(reports.length)
      for (const report of reports) {
        expectNoSecrets(report, failing)
        expectNoSecrets(report, returning)
      }
    })

    it('that comes twice has the same event id', async () => {
      const order = orderOf()
      await setFault('duplicate-webhook')
      await send(order)
      await move('settle', order.key)
      const ids = (await readAll()).map(({ eventId }) => eventId)
      expect(ids.length).toBeGreaterThan(1)
      expect(new Set(ids).size).toBe(ids.length / 2)
    })

    it('that comes before the answer agrees with the look-up after it', async () => {
      const order = orderOf()
      await setFault('webhook-before-answer')
      const sent = reportOf(await send(order))
      expect(sent.status).toBe('pending')
      expect((await readAll()).at(-1)).toMatchObject({ status: 'settled' })
      expect(await lookUp(order.key)).toMatchObject({ status: 'settled' })
    })

    it('without a signature is unsigned', async () => {
      const { post } = await firstPost()
      const entries = Object.entries(post.headers)
      const headers = Object.fromEntries(
        entries.filter(([header]) => header !== webhook.signatureHeader),
      )
      expect(await read({ ...post, headers })).toEqual({ check: 'unsigned', reports: [] })
    })

    it('with another body is forged', async () => {
      const { post } = await firstPost()
      expect(await read(post, { body: `${post.body} ` })).toEqual({ check: 'forged', reports: [] })
    })

    it('with another signature is forged', async () => {
      const { post } = await firstPost()
      const headers = { ...post.headers, [webhook.signatureHeader]: 'AAAA' }
      expect(await read({ ...post, headers })).toEqual({ check: 'forged', reports: [] })
    })

    it.skipIf(webhook.staleAfterMinutes === null)('that is old is stale', async () => {
      const { post } = await firstPost()
      const after = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS)
      const limit = webhook.staleAfterMinutes ?? 0
      expect((await read(post, { now: after(limit - 1) })).check).toBe('genuine')
      expect(await read(post, { now: after(limit + 1) })).toEqual({ check: 'stale', reports: [] })
    })
  }
  const { webhook } = contract
  if (webhook) describe('a webhook', () => testWebhooks(webhook))
}

let lastKey = 0

/** A key as the product makes it: 34 letters and digits. */
const createKey = (): string => {
  lastKey += 1
  return `p${Date.now().toString(36).padStart(9, '0')}${String(lastKey).padStart(24, '0')}`
}

const reportOf = (result: SendResult): PayoutReport => {
  if (result.kind === 'report') return result.report
  throw new Error(`The order was not sent: ${result.code}, ${result.detail}`)
}

const isOpen = (result: SendResult): boolean => reportOf(result).status === 'pending'

const SECRET_FIELDS = new Set(['accountNumber', 'ifsc', 'vpa', 'iban', 'email'])

const expectNoSecrets = (shown: unknown, { account, recipient }: PayoutOrder): void => {
  const text = JSON.stringify(shown).toLowerCase()
  const secrets = Object.entries(account).filter(([field]) => SECRET_FIELDS.has(field))
  for (const secret of [...secrets.map(([, value]) => value), recipient.email, recipient.phone]) {
    if (secret) expect(text).not.toContain(secret.toLowerCase())
  }
}
