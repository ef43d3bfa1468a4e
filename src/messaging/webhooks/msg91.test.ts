import { readFixture } from '../fixtures/readFixture.ts'
import { parseMsg91, verifyMsg91 } from './msg91.ts'

const v2 = readFixture('msg91/dlr.webhook.v2').request.rawBody
const v3 = readFixture('msg91/dlr.webhook.v3').request.body
const v4 = readFixture('msg91/dlr.webhook.v4').request.body
const chosen = readFixture('msg91/dlr.webhook.new').request.body
const parse = (body: string) => parseMsg91({ rawBody: Buffer.from(body) })

describe('verifyMsg91', () => {
  it.each([
    ['genuine', 'secret-of-sixteen'],
    ['forged', 'secret-of-sixteem'],
    ['forged', 'secret-of-sixtee'],
    ['forged', 'secret-of-sixteen2'],
    ['forged', ''],
  ])('returns %s for the secret "%s"', (check, given) => {
    expect(verifyMsg91({ secret: 'secret-of-sixteen', given })).toBe(check)
  })
})

describe('parseMsg91', () => {
  it('parses version 2: every report of every request', () => {
    expect(parse(v2)).toEqual([
      {
        provider: 'msg91',
        eventId: '5e1e93cad6fc054d8e759a5b:919800000001:1',
        notificationId: null,
        providerMessageId: '5e1e93cad6fc054d8e759a5b',
        status: 'delivered',
        suppress: null,
        code: '1',
        detail: 'DELIVERED',
        at: '2026-11-20T04:36:20.000Z',
      },
      {
        provider: 'msg91',
        eventId: '5e1e93cad6fc054d8e759a5b:919800000002:2',
        notificationId: null,
        providerMessageId: '5e1e93cad6fc054d8e759a5b',
        status: 'failed',
        suppress: null,
        code: '2',
        detail: 'FAILED: Absent subscriber',
        at: '2026-11-20T04:36:22.000Z',
      },
    ])
  })

  it('parses version 3: one report, in Indian time', () => {
    expect(parse(JSON.stringify(v3))).toMatchObject([
      {
        eventId: '5e1e93cad6fc054d8e759a5b:919800000001:1',
        status: 'delivered',
        at: '2026-11-20T04:28:16.000Z',
      },
    ])
  })

  it('gives a report in both formats the same event id', () => {
    const { number, requestId, status } = v3
    const [first] = parse(v2)
    expect(first?.eventId).toBe(`${requestId}:${number}:${status}`)
  })

  it('parses version 4, and finds the message only where `meta` is our id', () => {
    expect(parse(JSON.stringify(v4))).toEqual([
      {
        provider: 'msg91',
        eventId: 'v4:0:0:delivered:1795149380',
        notificationId: null,
        providerMessageId: null,
        status: 'delivered',
        suppress: null,
        code: 'delivered',
        detail: 'DELIVERED',
        at: '2026-11-20T04:36:20.000Z',
      },
    ])
    const ours = [{ event: 'rejected', data: [{ meta: 'ntf_01JD40', ts: 1_795_149_380 }] }]
    expect(parse(JSON.stringify(ours))).toMatchObject([
      { notificationId: 'ntf_01JD40', status: 'failed' },
    ])
  })

  it('parses “Webhook (New)”: one report of the chosen fields, in Indian time', () => {
    expect(parse(JSON.stringify(chosen))).toEqual([
      {
        provider: 'msg91',
        eventId: '5e1e93cad6fc054d8e759a5b:919800000001:Delivered',
        notificationId: null,
        providerMessageId: '5e1e93cad6fc054d8e759a5b',
        status: 'delivered',
        suppress: null,
        code: 'Delivered',
        detail: null,
        at: '2026-11-20T04:36:20.000Z',
      },
    ])
  })

  it('parses “Webhook (New)” with only a status and an id, and placeholders that were not filled', () => {
    const least = { status: 'Rejected', CRQID: 'ntf_01JD40', requestId: '{{requestId}}' }
    const [event] = parse(JSON.stringify({ ...least, deliveryTime: '', telNum: '{{telNum}}' }))
    expect(event).toMatchObject({
      notificationId: 'ntf_01JD40',
      providerMessageId: null,
      status: 'failed',
    })
    expect(Date.now() - Date.parse(event?.at ?? '')).toBeLessThan(60_000)
  })

  it.each([
    ['Delivered', 'delivered'],
    ['DELIVERED', 'delivered'],
    ['1', 'delivered'],
    ['Undelivered', 'failed'],
    ['Failed', 'failed'],
    ['Rejected by Provider', 'failed'],
    ['NDNC', 'failed'],
    ['17', 'failed'],
    ['Submitted', 'sent'],
  ])('maps the word %s of “Webhook (New)” to %s', (status, expected) => {
    expect(parse(JSON.stringify({ ...(chosen as object), status }))).toMatchObject([
      { status: expected },
    ])
  })

  it('returns our id when the report carries it', () => {
    expect(parse(JSON.stringify({ ...v3, CRQID: 'ntf_01JD40' }))[0]?.notificationId).toBe(
      'ntf_01JD40',
    )
  })

  it.each([
    ['1', 'delivered'],
    ['2', 'failed'],
    ['9', 'failed'],
    ['16', 'failed'],
    ['17', 'failed'],
    ['25', 'failed'],
    ['8', 'sent'],
    [1, 'delivered'],
  ])('maps the status %j to %s', (status, expected) => {
    expect(parse(JSON.stringify({ ...v3, status }))).toMatchObject([
      { status: expected, code: String(status), suppress: null },
    ])
  })

  it.each([
    ['nothing', ''],
    ['no JSON', '{"date":'],
    ['a form without data', 'x=1'],
    ['data that is no JSON', 'data=%5B'],
    ['data that is no list', 'data=%7B%7D'],
    ['no request', JSON.stringify({ ...v3, requestId: undefined })],
    ['no status', JSON.stringify({ ...v3, status: undefined })],
    ['a day that is none', JSON.stringify({ ...v3, date: '2026-13-40 10:00:00' })],
    ['no date', JSON.stringify({ ...v3, date: 'yesterday' })],
    ['a list of nothing known', '[{"event": "delivered"}]'],
    ['version 4 without a time', '[{"event": "delivered", "data": [{"meta": "0"}]}]'],
    ['chosen fields without a status', JSON.stringify({ requestId: '1', telNum: '91' })],
    ['chosen fields without an id', JSON.stringify({ status: 'Delivered', telNum: '91' })],
    ['no number', JSON.stringify({ ...v3, number: 'Asha' })],
  ])('refuses %s', (_case, body) => {
    expect(() => parse(body)).toThrow('This is not a delivery report')
  })

  it('parses a report with absent or empty optional fields', () => {
    const report = { ...v3, number: 919800000001, desc: null, CRQID: null, failedReason: null }
    expect(parse(JSON.stringify(report))).toMatchObject([{ detail: null, notificationId: null }])
  })

  it('throws an error without the report’s values', () => {
    let message = ''
    try {
      parse(JSON.stringify({ ...v3, status: undefined, date: 'secret-9f2c' }))
    } catch (error) {
      message = `${(error as Error).message} ${JSON.stringify(error)}`
    }
    expect(message).toContain('date')
    expect(message).not.toMatch(/9f2c|9198/)
  })
})
