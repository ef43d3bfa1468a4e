import { useSimulator } from '../../test/support/useSimulator.ts'

const SENDS = {
  sendgrid: {
    path: '/sendgrid/v3/mail/send',
    headers: { authorization: 'Bearer any' },
    body: {
      from: { email: 'a@example.test' },
      personalizations: [{ to: [{ email: 'b@example.test' }] }],
      subject: 's',
      content: [{ type: 'text/plain', value: 't' }],
    },
  },
  twilio: {
    path: '/twilio/2010-04-01/Accounts/AC1/Messages.json',
    headers: { authorization: `Basic ${btoa('AC1:any')}` },
    body: new URLSearchParams({ To: '+919800000001', From: '+15005550006', Body: 'b' }),
  },
  msg91: {
    path: '/msg91/api/v5/flow',
    headers: { authkey: 'any' },
    body: { template_id: 't', recipients: [{ mobiles: '919800000001' }] },
  },
} as const

describe.each(['sendgrid', 'twilio', 'msg91'] as const)('%s on a bad connection', (provider) => {
  const simulator = useSimulator()
  const { body, headers, path } = SENDS[provider]
  const send = () => simulator.post(path, body, headers)
  const accepted = async () =>
    (await simulator.control<{ messages: unknown[] }>(`/messages?provider=${provider}`)).messages
  const logged = async () =>
    (await simulator.control<{ requests: unknown[] }>('/requests')).requests

  it.each(['reset-after-accept', 'truncated'])(
    'accepts the message and loses the response: %s',
    async (fault) => {
      await simulator.control('/faults', { provider, fault, times: 1 })
      await expect(send()).rejects.toThrow()
      expect(await accepted()).toHaveLength(1)
      expect(await logged()).toMatchObject([{ provider, fault, status: null }])
      expect((await send()).status).toBeLessThan(300)
    },
  )

  it('accepts at once and responds late', async () => {
    await simulator.control('/faults', { provider, fault: 'slow', seconds: 600, times: 1 })
    const gone = new AbortController()
    const late = fetch(simulator.url() + path, {
      method: 'POST',
      headers,
      body: body instanceof URLSearchParams ? body : JSON.stringify(body),
      signal: gone.signal,
    })
    while ((await accepted()).length === 0);
    gone.abort()
    await expect(late).rejects.toThrow('abort')
    expect((await send()).status).toBeLessThan(300)
  })

  it('responds to a slow request after the set time', async () => {
    await simulator.control('/faults', { provider, fault: 'slow', seconds: 0.05, times: 1 })
    expect((await send()).status).toBeLessThan(300)
    expect(await accepted()).toHaveLength(1)
  })

  it('logs refused requests and unknown paths', async () => {
    await simulator.post(path, body)
    await simulator.post(`/${provider}/elsewhere`, body)
    expect(await logged()).toEqual([
      expect.objectContaining({ provider, method: 'POST', path, status: 401, ids: [] }),
      expect.objectContaining({ provider, path: `/${provider}/elsewhere`, status: 404 }),
    ])
  })
})
