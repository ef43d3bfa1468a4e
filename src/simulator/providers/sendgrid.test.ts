import { readFixture } from '../../../test/support/readFixture.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'

const PATH = '/sendgrid/v3/mail/send'
const auth = { authorization: 'Bearer SG.any' }
const mail = {
  from: { email: 'no-reply@example.test' },
  personalizations: [
    { to: [{ email: 'asha@example.test' }], custom_args: { notification_id: 'ntf_1' } },
  ],
  subject: 'You earned ₹ 87.46',
  content: [
    { type: 'text/plain', value: 'text' },
    { type: 'text/html', value: '<p>html</p>' },
  ],
}

/** A mail with an empty list of recipients. */
const NO_RECIPIENT = '{"from":{"email":"a@example.test"},"personalizations":[null]}'

describe('SendGrid, simulated', () => {
  const simulator = useSimulator()
  const messages = async () =>
    (await simulator.control<{ messages: unknown[] }>('/messages')).messages

  it('accepts with an id in the headers and an empty body', async () => {
    const reply = await simulator.post(PATH, mail, auth)
    expect(reply).toMatchObject({ status: 202, body: '' })
    expect(await messages()).toEqual([
      expect.objectContaining({
        provider: 'sendgrid',
        id: reply.headers.get('x-message-id'),
        to: 'asha@example.test',
        customId: 'ntf_1',
        subject: mail.subject,
        text: 'text',
        html: '<p>html</p>',
        raw: mail,
      }),
    ])
  })

  it('accepts the documented example', async () => {
    const { request } = readFixture('sendgrid.mail_send.202')
    expect(await simulator.post(PATH, request?.body as object, auth)).toMatchObject({ status: 202 })
  })

  it.each([undefined, 'Bearer ', 'Basic SG.any', 'SG.any'])(
    'refuses %j as a key',
    async (header) => {
      const reply = await simulator.post(PATH, mail, header ? { authorization: header } : {})
      expect(reply).toMatchObject(answered('sendgrid.mail_send.401'))
      expect(await messages()).toEqual([])
    },
  )

  it('names the invalid address, as documented', async () => {
    const personalizations = [{ to: [{ email: 'nowhere' }] }]
    const { body, status } = await simulator.post(PATH, { ...mail, personalizations }, auth)
    expect({ body, status }).toEqual(answered('sendgrid.mail_send.400'))
  })

  it.each([
    ['no sender', { ...mail, from: undefined }, 'from.email'],
    ['no recipients', { ...mail, personalizations: [] }, 'personalizations'],
    ['no list of addresses', { ...mail, personalizations: [{}] }, 'personalizations.0.to'],
    ['no subject', { ...mail, subject: '' }, 'subject'],
    ['no content', { ...mail, content: [] }, 'content'],
    ['an empty part', { ...mail, content: [{ type: 'text/html', value: '' }] }, 'content.0.value'],
    ['text after HTML', { ...mail, content: [...mail.content].reverse() }, 'content'],
    ['too many categories', { ...mail, categories: Array(11).fill('c') }, 'categories'],
  ])('refuses a mail with %s', async (_name, wrong, field) => {
    const reply = await simulator.post(PATH, wrong, auth)
    expect(reply).toMatchObject({ status: 400, body: { errors: [{ field }] } })
    expect(await messages()).toEqual([])
  })

  it.each(['', '{', '[]', '"mail"', 'null', '[null]', NO_RECIPIENT])(
    'refuses %j without an error of its own',
    async (body) => {
      expect(await simulator.post(PATH, body, auth)).toMatchObject({ status: 400 })
    },
  )

  it('sends nothing in sandbox mode', async () => {
    const sandbox = { ...mail, mail_settings: { sandbox_mode: { enable: true } } }
    expect(await simulator.post(PATH, sandbox, auth)).toMatchObject({ status: 200 })
    expect(await messages()).toEqual([])
  })

  it('limits the rate, with and without the time of the reset', async () => {
    await simulator.control('/faults', { provider: 'sendgrid', fault: 'rate-limited', times: 1 })
    const rule = { provider: 'sendgrid', fault: 'rate-limited-with-retry-after', seconds: 7 }
    await simulator.control('/faults', { ...rule, times: 1 })
    await simulator.control('/clock', { now: '2026-11-21T00:00:00Z', isTicking: false })

    const reply = await simulator.post(PATH, mail, auth)
    expect({ body: reply.body, status: reply.status }).toEqual(answered('sendgrid.mail_send.429'))
    expect(reply.headers.has('x-ratelimit-reset')).toBe(false)
    const withReset = await simulator.post(PATH, mail, auth)
    expect(withReset.status).toBe(429)
    const seconds = Date.parse('2026-11-21T00:00:07Z') / 1000
    expect(withReset.headers.get('x-ratelimit-reset')).toBe(String(seconds))
  })

  it.each([
    ['server-error', 503],
    ['unauthorized', 401],
    ['bad-recipient', 400],
    ['wrong-template', 400],
  ])('responds to %s with %i and its list of errors', async (fault, status) => {
    await simulator.control('/faults', { provider: 'sendgrid', fault, times: 1 })
    const errors = [expect.objectContaining({ message: expect.any(String) })]
    expect(await simulator.post(PATH, mail, auth)).toMatchObject({ status, body: { errors } })
    expect(await messages()).toEqual([])
  })
})

const answered = (name: string) => {
  const { response } = readFixture(name)
  return { status: response?.status, body: response?.body }
}
