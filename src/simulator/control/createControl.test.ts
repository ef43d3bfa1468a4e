import { useSimulator } from '../../../test/support/useSimulator.ts'

describe('the control API', () => {
  const simulator = useSimulator()
  const sendFlow = (mobiles: string) =>
    simulator.post(
      '/msg91/api/v5/flow',
      { template_id: 't', recipients: [{ mobiles }] },
      { authkey: 'any' },
    )

  it('lists accepted messages, by provider and by recipient', async () => {
    await sendFlow('919800000001')
    await sendFlow('919800000002')
    const found = async (search: string) =>
      (await simulator.control<{ messages: unknown[] }>(`/messages${search}`)).messages
    expect(await found('')).toHaveLength(2)
    expect(await found('?provider=msg91&to=919800000002')).toHaveLength(1)
    expect(await found('?provider=twilio')).toEqual([])
  })

  it('drops the bodies of old messages, and keeps recipient, id and time', async () => {
    const recipients = Array.from({ length: 2_001 }, (_each, index) => ({
      mobiles: String(919_800_000_000 + index),
      CRQID: `ntf_${index}`,
    }))
    while (recipients.length > 0) {
      const body = { template_id: 't', recipients: recipients.splice(0, 100) } // each keeps it whole
      await simulator.post('/msg91/api/v5/flow', body, { authkey: 'any' })
    }
    const { messages } = await simulator.control<{ messages: object[] }>('/messages')
    expect(messages).toHaveLength(2_001)
    expect(messages[0]).toMatchObject({ to: '919800000000', customId: 'ntf_0', raw: null })
    expect(messages[1]).toMatchObject({ customId: 'ntf_1', raw: { template_id: 't' } })
  })

  it('stops, moves and restarts the clock of the messages', async () => {
    await simulator.control('/clock', { now: '2027-01-01T00:00:00Z', isTicking: false })
    expect(await simulator.control('/clock', { advanceMs: 90_000 })).toEqual({
      now: '2027-01-01T00:01:30.000Z',
      isTicking: false,
    })
    await sendFlow('919800000001')
    expect(await simulator.control('/messages')).toMatchObject({
      messages: [{ at: '2027-01-01T00:01:30.000Z' }],
    })

    const { now } = await simulator.control<{ now: string }>('/clock', { isTicking: true })
    const ticked = async () => (await simulator.control<{ now: string }>('/clock')).now
    while ((await ticked()) <= now);
    await simulator.control('/state', undefined, 'DELETE')
    expect(Math.abs(Date.parse(await ticked()) - Date.now())).toBeLessThan(5_000)
  })

  it('lists the fault rules with their remaining requests, and none after they are cleared', async () => {
    await simulator.control('/faults', { provider: 'msg91', fault: 'rate-limited', times: 2 })
    await sendFlow('919800000001')
    expect(await simulator.control('/faults')).toEqual({
      faults: [{ provider: 'msg91', fault: 'rate-limited', times: 1 }],
    })
    expect(await simulator.control('/faults', undefined, 'DELETE')).toEqual({ faults: [] })
    expect((await sendFlow('919800000001')).status).toBe(200)
  })

  it('discards messages and requests when its state is deleted', async () => {
    await sendFlow('919800000001')
    await simulator.control('/state', undefined, 'DELETE')
    expect(await simulator.control('/messages')).toEqual({ messages: [], total: 0 })
    expect(await simulator.control('/requests')).toEqual({ requests: [], total: 0 })
  })

  it.each([
    ['an unknown fault', '/faults', { provider: 'msg91', fault: 'fire' }],
    ['a fault the provider never shows', '/faults', { provider: 'twilio', fault: 'error-in-200' }],
    ['an unknown provider', '/faults', { provider: 'pigeon', fault: 'slow' }],
    ['an unknown field', '/faults', { provider: 'msg91', fault: 'slow', often: true }],
    ['a time that is none', '/clock', { now: 'yesterday' }],
    ['an address that is none', '/webhooks', { sendgrid: { url: 'here' } }],
    ['an unknown status', '/deliver', { provider: 'msg91', id: 'x', status: 'lost' }],
  ])('refuses %s', async (_name, path, body) => {
    expect(await simulator.post(`/control${path}`, body)).toMatchObject({
      status: 400,
      body: { error: expect.any(String) },
    })
  })

  it('refuses a request that another site makes through a browser', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await simulator.post('/control/clock', { advanceMs: 1 }, headers)).status).toBe(403)
  })
})
