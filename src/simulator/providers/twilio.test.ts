import { readFixture } from '../../../test/support/readFixture.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'

const ACCOUNT = 'AC00000000000000000000000000000000'
const PATH = `/twilio/2010-04-01/Accounts/${ACCOUNT}/Messages.json`
const basic = (pair: string) => ({
  authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
})
const auth = basic(`${ACCOUNT}:any-token`)
const sms = { To: '+919800000001', From: '+15005550006', Body: 'Hello' }
const form = (fields: Record<string, string>) => new URLSearchParams(fields)

describe('Twilio, simulated', () => {
  const simulator = useSimulator()
  const messages = async () =>
    (await simulator.control<{ messages: unknown[] }>('/messages')).messages

  it('accepts with the documented resource', async () => {
    const { request, response } = readFixture('twilio.messages.201')
    await simulator.control('/clock', { now: '2026-11-20T10:00:00Z', isTicking: false })
    const reply = await simulator.post(PATH, new URLSearchParams(String(request?.body)), auth)
    const { sid } = reply.body as { sid: string }
    const expected = JSON.stringify(response?.body).replaceAll(
      'SM00000000000000000000000000000001',
      sid,
    )
    expect(reply).toMatchObject({ status: 201, body: JSON.parse(expected) })
    expect(sid).toMatch(/^SM[0-9a-f]{32}$/)
    expect(await messages()).toEqual([
      expect.objectContaining({
        provider: 'twilio',
        id: sid,
        at: '2026-11-20T10:00:00.000Z',
        to: '+919800000001',
        text: 'hi',
        customId: 'ntf_01JD40',
      }),
    ])
  })

  it('counts segments if the sender is known', async () => {
    const reply = await simulator.post(PATH, form({ ...sms, Body: '₹'.repeat(71) }), auth)
    expect(reply.body).toMatchObject({ status: 'queued', num_segments: '2' })
  })

  it.each([
    ['nothing', {}],
    ['no token', basic(`${ACCOUNT}:`)],
    ['no account', basic(':any')],
    ['another scheme', { authorization: 'Bearer any' }],
  ])('refuses %s', async (_name, headers: Record<string, string>) => {
    const { response } = readFixture('twilio.error.20003')
    const { body, status } = await simulator.post(PATH, form(sms), headers)
    expect({ body, status }).toEqual({ status: 401, body: response?.body })
  })

  it.each([
    ['no recipient', { ...sms, To: '' }, 21604],
    ['no sender', { ...sms, From: '' }, 21603],
    ['no text', { ...sms, Body: '' }, 21602],
    ['a number that is none', { ...sms, To: '9800000001' }, 21211],
    ['too long a text', { ...sms, Body: 'x'.repeat(1601) }, 21617],
    ['a callback that is no address', { ...sms, StatusCallback: 'here' }, 21609],
    ['an opted-out number', { ...sms, To: '+15005550004' }, 21610],
    ['a number that is no mobile', { ...sms, To: '+15005550009' }, 21614],
    ['a sender of somebody else', { ...sms, From: '+15005550007' }, 21606],
  ])('refuses %s', async (_name, wrong, code) => {
    const reply = await simulator.post(PATH, form(wrong), auth)
    const info = `https://www.twilio.com/docs/errors/${code}`
    expect(reply).toMatchObject({ status: 400, body: { code, status: 400, more_info: info } })
    expect(await messages()).toEqual([])
  })

  it.each([
    ['rate-limited', 'twilio.error.20429'],
    ['unauthorized', 'twilio.error.20003'],
    ['bad-recipient', 'twilio.error.21211'],
    ['opted-out', 'twilio.error.21610'],
  ])('responds to %s as documented', async (fault, name) => {
    await simulator.control('/faults', { provider: 'twilio', fault, times: 1 })
    const { response } = readFixture(name)
    const { body, status } = await simulator.post(PATH, form(sms), auth)
    expect({ body, status }).toEqual({ body: response?.body, status: response?.status })
  })

  it('names the time to wait when the fault requires it', async () => {
    const fault = 'rate-limited-with-retry-after'
    await simulator.control('/faults', { provider: 'twilio', fault, seconds: 3 })
    const reply = await simulator.post(PATH, form(sms), auth)
    expect(reply.status).toBe(429)
    expect(reply.headers.get('retry-after')).toBe('3')
  })

  it.each([
    ['server-error', 503],
    ['wrong-template', 400],
  ])('responds to %s with %i', async (fault, status) => {
    await simulator.control('/faults', { provider: 'twilio', fault })
    expect(await simulator.post(PATH, form(sms), auth)).toMatchObject({ status, body: { status } })
  })
})
