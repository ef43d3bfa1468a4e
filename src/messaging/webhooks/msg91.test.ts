import { readFixture } from '../fixtures/readFixture.ts'
import { parseMsg91, verifyMsg91 } from './msg91.ts'

const v2 = readFixture('msg91/dlr.webhook.v2').request.rawBody
const v3 = readFixture('msg91/dlr.webhook.v3').request.body
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
