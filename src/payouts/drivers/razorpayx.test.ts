import { createHmac } from 'node:crypto'

import { listen } from '../../../test/support/listen.ts'
import { testDriverContract } from '../../../test/support/testDriverContract.ts'
import { createRazorpayxWebhook } from '../webhooks/readRazorpayx.ts'
import { openRazorpayx, type RazorpayxSettings } from './razorpayx.ts'
import { REMEDIES, STATUSES } from './razorpayx/tables.ts'
import type { PayoutOrder } from './types.ts'

const LAKH = 100_000_00

testDriverContract({
  basePath: '/razorpayx/v1',
  openDriver: (connection) =>
    openRazorpayx({
      keyId: 'rzp_test',
      keySecret: 'secret',
      accountNumber: '7878780080316316',
      ...connection,
    }),
  accounts: [
    {
      kind: 'bank-in',
      accountNumber: '00112233445566',
      ifsc: 'HDFC0000123',
      holderName: 'Asha Rao',
    },
    { kind: 'upi', vpa: 'asha.rao@okexample', holderName: 'Asha Rao' },
  ],
  currency: 'INR',
  maxMinor: 100 * LAKH,
  readWire: ({ amount, narration }: { amount: number; narration: string }) => ({
    amount,
    narration,
  }),
  wireAmount: (amountMinor) => amountMinor,
  lowBalance: { status: 'pending', code: 'low_balance', remedy: null },
  reasons: {
    beneficiary_account_invalid: 'fix',
    beneficiary_bank_offline: 'later',
    imps_not_allowed: 'operator',
    insufficient_funds: 'operator',
  },
  missing: { status: 'not-found' },
  settled: { bankReference: expect.stringMatching(/^SIM\d{9}$/), feeMinor: 590, code: null },
  refused: [
    { kind: 'bank-in', currency: 'USD', amountMinor: 1_000, code: 'currency-not-supported' },
    { kind: 'bank-in', currency: 'INR', amountMinor: 99, code: 'amount-too-low' },
    { kind: 'upi', currency: 'INR', amountMinor: LAKH + 1, code: 'amount-too-high' },
    { kind: 'paypal', currency: 'INR', amountMinor: 1_000, code: 'method-not-supported' },
  ],
  webhook: {
    open: () => createRazorpayxWebhook({ secrets: ['new-secret', 'old-secret'] }),
    target: { secret: 'old-secret' },
    signatureHeader: 'x-razorpay-signature',
    staleAfterMinutes: null,
    hasKey: true,
  },
})

describe('razorpayx', () => {
  const never = new AbortController().signal
  const key = 'k'.repeat(34)
  const order: PayoutOrder = {
    key,
    amountMinor: 50_000,
    currency: 'INR',
    account: {
      kind: 'bank-in',
      accountNumber: '00112233445566',
      ifsc: 'HDFC0000123',
      holderName: 'José  Núñez, Jr.',
    },
    narration: 'Tributary payout 42',
    recipient: {
      memberId: 'member-42',
      name: 'José',
      email: 'jose@example.com',
      phone: '9800000001',
    },
  }
  const payout = (over: object = {}) => ({
    id: 'pout_1',
    entity: 'payout',
    status: 'processing',
    reference_id: key,
    fees: 0,
    created_at: Math.floor(Date.now() / 1000),
    ...over,
  })
  const list = (...items: object[]) => ({ entity: 'collection', count: items.length, items })

  let server: Awaited<ReturnType<typeof listen>>
  /** The next answers; after them the last one. */
  let answers: { status?: number; body: unknown }[]
  beforeAll(async () => {
    server = await listen((response) => {
      const { body, status = 200 } = (answers.length > 1 ? answers.shift() : answers[0]) ?? {
        body: null,
      }
      response.writeHead(status).end(JSON.stringify(body))
    })
  })
  beforeEach(() => {
    answers = [{ body: payout() }]
    server.received.length = 0
  })
  afterAll(() => server.close())

  const open = (over: Partial<RazorpayxSettings> = {}) =>
    openRazorpayx({
      keyId: 'rzp_test',
      keySecret: 'secret',
      accountNumber: '7878780080316316',
      baseUrl: server.url,
      privateHosts: 'any',
      ...over,
    })
  const send = (over: Partial<PayoutOrder> = {}, settings: Partial<RazorpayxSettings> = {}) =>
    open(settings).send({ ...order, ...over }, { signal: never })
  const lookUp = (providerId: string | null = null) =>
    open().lookUp({ key, providerId, sentAt: new Date() }, { signal: never })
  const sentBody = () => JSON.parse(server.received[0]?.body ?? '') as Record<string, unknown>

  it('sends the composite order with the key as idempotency key and as reference', async () => {
    await send()
    expect(server.received[0]).toMatchObject({
      path: '/payouts',
      headers: {
        authorization: `Basic ${Buffer.from('rzp_test:secret').toString('base64')}`,
        'x-payout-idempotency': key,
      },
    })
    expect(sentBody()).toEqual({
      account_number: '7878780080316316',
      amount: 50_000,
      currency: 'INR',
      mode: 'IMPS',
      purpose: 'payout',
      fund_account: {
        account_type: 'bank_account',
        bank_account: {
          name: 'Jose Nunez Jr.',
          ifsc: 'HDFC0000123',
          account_number: '00112233445566',
        },
        contact: {
          name: 'Jose Nunez Jr.',
          email: 'jose@example.com',
          contact: '9800000001',
          type: 'customer',
          reference_id: 'member-42',
        },
      },
      queue_if_low_balance: true,
      reference_id: key,
      narration: 'Tributary payout 42',
    })
  })

  it('fails at a low balance, if the setting does not let the order wait', async () => {
    await send({}, { queueIfLowBalance: false })
    expect(sentBody()).toMatchObject({ queue_if_low_balance: false })
  })

  it.each(Object.entries(STATUSES))('reports the state %s as %s', async (state, status) => {
    answers = [{ body: payout({ status: state }) }]
    expect(await send()).toMatchObject({ kind: 'report', report: { status } })
  })

  it('reports a state that is not listed as unknown', async () => {
    answers = [{ body: payout({ status: 'on_hold' }) }]
    expect(await send()).toMatchObject({ report: { status: 'unknown', code: 'on_hold' } })
  })

  it.each(Object.entries(REMEDIES))(
    'finds for the reason %s the remedy %s',
    async (reason, remedy) => {
      answers = [{ body: payout({ status: 'reversed', status_details: { reason } }) }]
      expect(await send()).toMatchObject({ report: { status: 'returned', code: reason, remedy } })
    },
  )

  it('looks the payout up when the answer is the one of an earlier request', async () => {
    answers = [
      { body: payout({ created_at: 1_700_000_000 }) },
      { body: payout({ status: 'processed', utr: 'UTR1' }) },
    ]
    expect(await send()).toMatchObject({ report: { status: 'settled', bankReference: 'UTR1' } })
    expect(server.received.map(({ path }) => path)).toEqual(['/payouts', '/payouts/pout_1'])
  })

  it('reports a reused key as unknown if the look-up finds nothing, never as failed', async () => {
    const description = 'Different request body for the same idempotency key'
    answers = [{ status: 400, body: { error: { description } } }, { body: list() }]
    expect(await send()).toMatchObject({ report: { status: 'unknown', code: 'repeat' } })
  })

  it.each([
    ['fund_account.bank_account.ifsc', 'fix'],
    ['amount', 'operator'],
  ])('reports a refusal of the field %s as failed with the remedy %s', async (field, remedy) => {
    const error = { reason: 'input_validation_failed', description: 'invalid', field }
    answers = [{ status: 400, body: { error } }, { body: list() }]
    expect(await send()).toMatchObject({
      report: { status: 'failed', code: 'input_validation_failed', remedy },
    })
  })

  it('reports a refusal as unknown while the look-up has no answer', async () => {
    answers = [
      { status: 400, body: { error: { reason: 'insufficient_funds' } } },
      { status: 500, body: {} },
    ]
    expect(await send()).toMatchObject({ report: { status: 'unknown', code: 'http-500' } })
  })

  it.each([
    ['several payouts with the reference', list(payout(), payout({ id: 'pout_2' })), 'several'],
    [
      'a list that ignored the reference',
      list(payout({ reference_id: 'other' })),
      'malformed-reply',
    ],
    ['something that is no list', { items: [] }, 'malformed-reply'],
    ['a payout in no known form', list({ id: 7 }), 'malformed-reply'],
  ])('reports %s as unknown', async (_case, body, code) => {
    answers = [{ body }]
    expect(await lookUp()).toMatchObject({ status: 'unknown', code })
  })

  it('looks up by reference if the provider does not know the id', async () => {
    answers = [{ status: 400, body: {} }, { body: list(payout({ status: 'processed' })) }]
    expect(await lookUp('pout_gone')).toMatchObject({ status: 'settled' })
    expect(server.received.map(({ path }) => path)).toEqual([
      '/payouts/pout_gone',
      `/payouts?account_number=7878780080316316&reference_id=${key}&count=10`,
    ])
  })

  describe('its webhook', () => {
    const read = (
      body: unknown,
      { id = 'evt_1', secrets = ['secret'], key: used = 'secret' } = {},
    ) => {
      const raw = Buffer.from(JSON.stringify(body))
      const signature = createHmac('sha256', used).update(raw).digest('hex')
      const headers = { 'x-razorpay-signature': signature, 'x-razorpay-event-id': id }
      return createRazorpayxWebhook({ secrets })({ headers, raw, now: new Date() })
    }
    const event = (name: string, entity: object = payout()) => ({
      event: name,
      payload: { payout: { entity } },
      created_at: 1_790_000_000,
    })

    it.each([['new'], ['old']])('is genuine with the %s one of two secrets', async (used) => {
      const result = await read(event('payout.updated'), { secrets: ['new', 'old'], key: used })
      expect(result).toMatchObject({
        check: 'genuine',
        reports: [{ eventId: 'evt_1', key, status: 'pending', at: '2026-09-21T14:13:20.000Z' }],
      })
    })

    it('is forged with an empty secret, which signs nothing', async () => {
      const result = await read(event('payout.processed'), { secrets: [''], key: '' })
      expect(result).toEqual({ check: 'forged', reports: [] })
    })

    it.each([
      ['an event of another kind', event('payout.downtime.started')],
      ['a validation of an account', { event: 'fund_account.validation.completed', payload: {} }],
      ['a body in no known form', 'text'],
    ])('brings no reports for %s', async (_case, body) => {
      expect(await read(body)).toEqual({ check: 'genuine', reports: [] })
    })

    it('has no key if the payout has no reference', async () => {
      const result = await read(event('payout.failed', payout({ reference_id: null })))
      expect(result.reports).toMatchObject([{ key: null, providerId: 'pout_1' }])
    })
  })
})
