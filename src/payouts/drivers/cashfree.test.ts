import { constants, createHmac, generateKeyPairSync, privateDecrypt } from 'node:crypto'

import { listen } from '../../../test/support/listen.ts'
import { testDriverContract } from '../../../test/support/testDriverContract.ts'
import { createCashfreeWebhook } from '../webhooks/readCashfree.ts'
import { type CashfreeSettings, openCashfree } from './cashfree.ts'
import { REMEDIES, STATUSES } from './cashfree/tables.ts'
import type { PayoutOrder } from './types.ts'

const LAKH = 100_000_00

testDriverContract({
  basePath: '/cashfree/payout',
  openDriver: (connection) =>
    openCashfree({ clientId: 'client', clientSecret: 'secret', ...connection }),
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
  readWire: ({ transfer_amount, transfer_remarks }: Record<string, unknown>) => ({
    amount: transfer_amount,
    narration: transfer_remarks,
  }),
  wireAmount: (amountMinor) => amountMinor / 100,
  lowBalance: { status: 'failed', code: 'INSUFFICIENT_BALANCE', remedy: 'operator' },
  reasons: {
    INVALID_BENE_ACCOUNT_OR_IFSC: 'fix',
    BENE_BANK_DECLINED: 'later',
    BENE_BLACKLISTED: 'never',
    IMPS_MODE_FAIL: 'operator',
  },
  missing: { status: 'not-found' },
  settled: { bankReference: expect.stringMatching(/^SIM\d{9}$/), feeMinor: 295, code: null },
  refused: [
    { kind: 'bank-in', currency: 'USD', amountMinor: 1_000, code: 'currency-not-supported' },
    { kind: 'bank-in', currency: 'INR', amountMinor: 99, code: 'amount-too-low' },
    { kind: 'upi', currency: 'INR', amountMinor: LAKH + 1, code: 'amount-too-high' },
    { kind: 'iban', currency: 'INR', amountMinor: 1_000, code: 'method-not-supported' },
  ],
  webhook: {
    open: () => createCashfreeWebhook({ secrets: ['new-secret', 'old-secret'] }),
    target: { secret: 'old-secret' },
    signatureHeader: 'x-webhook-signature',
    staleAfterMinutes: 5,
    hasKey: true,
  },
})

describe('cashfree', () => {
  const never = new AbortController().signal
  const key = 'k'.repeat(34)
  const order: PayoutOrder = {
    key,
    amountMinor: 50_005,
    currency: 'INR',
    account: { kind: 'upi', vpa: 'asha@okexample', holderName: 'Asha 2 Rao' },
    narration: 'Tributary payout 42',
    recipient: { memberId: 'm', name: 'Asha', email: 'asha@example.com', phone: null },
  }
  const transfer = (over: object = {}) => ({
    transfer_id: key,
    cf_transfer_id: 123_456,
    status: 'RECEIVED',
    status_code: 'RECEIVED',
    ...over,
  })

  let server: Awaited<ReturnType<typeof listen>>
  let answer: { status: number; body: unknown }
  beforeAll(async () => {
    server = await listen((response) => {
      response.writeHead(answer.status).end(JSON.stringify(answer.body))
    })
  })
  beforeEach(() => {
    answer = { status: 200, body: transfer() }
    server.received.length = 0
  })
  afterAll(() => server.close())

  const open = (over: Partial<CashfreeSettings> = {}) =>
    openCashfree({
      clientId: 'client',
      clientSecret: 'secret',
      baseUrl: server.url,
      privateHosts: 'any',
      ...over,
    })
  const lookUp = (body: unknown, status = 200) => {
    answer = { status, body }
    return open().lookUp({ key, providerId: null, sentAt: new Date() }, { signal: never })
  }

  it('sends the nested order with the key as transfer id, and rupees with two decimals', async () => {
    await open({ fundsourceId: 'CASHFREE_1' }).send(order, { signal: never })
    const [received] = server.received
    expect(received).toMatchObject({
      path: '/transfers',
      headers: {
        'x-client-id': 'client',
        'x-client-secret': 'secret',
        'x-api-version': '2024-01-01',
      },
    })
    expect(received?.body).toMatch(/^\{"transfer_amount":500\.05,/)
    expect(JSON.parse(received?.body ?? '')).toEqual({
      transfer_amount: 500.05,
      transfer_id: key,
      transfer_currency: 'INR',
      transfer_mode: 'upi',
      beneficiary_details: {
        beneficiary_name: 'Asha Rao',
        beneficiary_instrument_details: { vpa: 'asha@okexample' },
        beneficiary_contact_details: { beneficiary_email: 'asha@example.com' },
      },
      transfer_remarks: 'Tributary payout 42',
      fundsource_id: 'CASHFREE_1',
    })
  })

  it('signs requests with Cashfree’s public key, if there is one', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = publicKey.export({ type: 'spki', format: 'pem' })
    await open({ publicKey: pem.toString() }).send(order, { signal: never })
    const signature = String(server.received[0]?.headers['x-cf-signature'])
    const opened = privateDecrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING },
      Buffer.from(signature, 'base64'),
    ).toString()
    expect(opened).toMatch(/^client\.\d{10}$/)
  })

  it.each(Object.entries(STATUSES))('reports the state %s as %s', async (state, status) => {
    expect(await lookUp(transfer({ status: state, status_code: 'X' }))).toMatchObject({ status })
  })

  it('reports a state that is not listed as unknown', async () => {
    expect(await lookUp(transfer({ status: 'ON_HOLD' }))).toMatchObject({ status: 'unknown' })
  })

  it.each([
    ['SENT_TO_BENEFICIARY', 'pending'],
    ['COMPLETED', 'settled'],
  ])('reports SUCCESS with the code %s as %s', async (code, status) => {
    expect(await lookUp(transfer({ status: 'SUCCESS', status_code: code }))).toMatchObject({
      status,
    })
  })

  it.each(Object.entries(REMEDIES))('finds for the code %s the remedy %s', async (code, remedy) => {
    for (const status of ['FAILED', 'REVERSED']) {
      expect(await lookUp(transfer({ status, status_code: code }))).toMatchObject({ code, remedy })
    }
  })

  it.each([
    [{ transfer_service_charge: 2.5, transfer_service_tax: 0.45 }, 295],
    [{ transfer_service_charge: '2.50' }, 250],
    [{ transfer_service_charge: 0.125 }, null],
    [{}, null],
  ])('reads the fee of %j as %s paise', async (fields, feeMinor) => {
    expect(await lookUp(transfer(fields))).toMatchObject({ feeMinor })
  })

  it.each([
    ['another transfer', transfer({ transfer_id: 'other' }), 200, 'other-payout'],
    ['a 404 that does not speak of the transfer', { message: 'no Route matched' }, 404, 'http-404'],
  ])('reports %s as unknown', async (_case, body, status, code) => {
    expect(await lookUp(body, status)).toMatchObject({ status: 'unknown', code })
  })

  it('reports a conflict as unknown while the look-up finds nothing, never as failed', async () => {
    const answers = [
      { status: 409, body: { code: 'transfer_id_already_exists', message: 'exists' } },
      { status: 404, body: { code: 'transfer_id_not_found' } },
    ]
    const conflicting = await listen((response) => {
      const next = answers.shift()
      response.writeHead(next?.status ?? 500).end(JSON.stringify(next?.body))
    })
    const sent = await open({ baseUrl: conflicting.url }).send(order, { signal: never })
    await conflicting.close()
    expect(sent).toMatchObject({
      report: { status: 'unknown', code: 'transfer_id_already_exists' },
    })
  })

  it.each([
    ['bank_ifsc_invalid', 'fix'],
    ['transfer_amount_invalid', 'operator'],
  ])('reports the refusal %s as failed with the remedy %s', async (code, remedy) => {
    const answers = [
      { status: 422, body: { code, message: 'invalid' } },
      { status: 404, body: { code: 'transfer_id_not_found' } },
    ]
    const refusing = await listen((response) => {
      const next = answers.shift()
      response.writeHead(next?.status ?? 500).end(JSON.stringify(next?.body))
    })
    const sent = await open({ baseUrl: refusing.url }).send(order, { signal: never })
    await refusing.close()
    expect(sent).toMatchObject({ report: { status: 'failed', code, remedy } })
  })

  describe('its webhook', () => {
    const now = new Date('2026-11-30T10:00:00Z')
    const read = (body: unknown, timestamp = String(now.getTime())) => {
      const raw = Buffer.from(JSON.stringify(body))
      const signature = createHmac('sha256', 'secret')
        .update(timestamp + raw.toString())
        .digest('base64')
      const headers = { 'x-webhook-signature': signature, 'x-webhook-timestamp': timestamp }
      return createCashfreeWebhook({ secrets: ['secret'] })({ headers, raw, now })
    }
    const event = (type: string, data: object = transfer()) => ({
      type,
      event_time: '2026-11-30T15:29:00',
      data,
    })

    it.each([
      ['flat', transfer()],
      ['nested', { transfer: transfer() }],
    ])('is read with a %s transfer, and its time is Indian', async (_case, data) => {
      const { reports } = await read(event('TRANSFER_FAILED', data))
      expect(reports).toMatchObject([
        { eventId: `${key}:TRANSFER_FAILED:RECEIVED`, key, at: '2026-11-30T09:59:00.000Z' },
      ])
    })

    it.each([
      ['an event of another kind', event('LOW_BALANCE_ALERT')],
      ['a body in no known form', []],
    ])('brings no reports for %s', async (_case, body) => {
      expect(await read(body)).toEqual({ check: 'genuine', reports: [] })
    })

    it.each([
      ['in seconds', '1796032800', 'genuine'],
      ['in milliseconds', '1796032800000', 'genuine'],
      ['of six minutes ago', '1796032440', 'stale'],
      ['of the future', '1796033160', 'stale'],
      ['in words', 'yesterday', 'stale'],
    ])('with a time %s is %s', async (_case, timestamp, check) => {
      expect((await read(event('TRANSFER_SUCCESS'), timestamp)).check).toBe(check)
    })
  })
})
