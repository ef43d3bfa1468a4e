import { readFixture } from '../../../test/support/readFixture.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'

const PATH = '/msg91/api/v5/flow'
const auth = { authkey: 'any' }
const flow = {
  template_id: '6560000000000000000000aa',
  recipients: [{ mobiles: '919800000001', VAR1: 'Asha', VAR2: '87.46' }],
}

describe('MSG91, simulated', () => {
  const simulator = useSimulator()
  const messages = async () =>
    (await simulator.control<{ messages: unknown[] }>('/messages')).messages

  it.each([PATH, `${PATH}/`])(
    'accepts at %s with the request’s id as the message',
    async (path) => {
      const { request } = readFixture('msg91.flow.200.success')
      const reply = await simulator.post(path, request?.body as object, auth)
      const id = (reply.body as { message: string }).message
      expect(reply).toMatchObject({ status: 200, body: { type: 'success' } })
      expect(id).toMatch(/^[0-9a-f]{24}$/)
      expect(await messages()).toEqual([
        expect.objectContaining({
          provider: 'msg91',
          id,
          to: '919800000001',
          text: 'VAR1: Asha\nVAR2: 87.46',
          raw: request?.body,
        }),
      ])
    },
  )

  it('accepts one request for several phones, each with its sender’s id', async () => {
    const recipients = ['919800000001', '919800000002'].map((mobiles, index) => ({
      mobiles,
      CRQID: `ntf_${index}`,
    }))
    await simulator.post(PATH, { ...flow, recipients }, auth)
    expect(await messages()).toEqual([
      expect.objectContaining({ to: '919800000001', customId: 'ntf_0' }),
      expect.objectContaining({ to: '919800000002', customId: 'ntf_1' }),
    ])
  })

  it('fills the registered text', async () => {
    const text = 'Dear ##VAR1##, Rs ##VAR2## was credited.'
    await simulator.control('/templates', { msg91: { [flow.template_id]: text } })
    await simulator.post(PATH, flow, auth)
    expect(await messages()).toMatchObject([{ text: 'Dear Asha, Rs 87.46 was credited.' }])
  })

  it('refuses a request without a key', async () => {
    const reply = await simulator.post(PATH, flow)
    expect(reply).toMatchObject({ status: 401, body: { type: 'error', hasError: true } })
  })

  it('reports a missing template with status 200, as documented', async () => {
    const { response } = readFixture('msg91.flow.200.error')
    const { body, status } = await simulator.post(PATH, { ...flow, template_id: '' }, auth)
    expect({ body, status }).toEqual({ status: 200, body: response?.body })
  })

  it.each([
    ['no recipient', { ...flow, recipients: [] }],
    ['a number with a plus', { ...flow, recipients: [{ mobiles: '+919800000001' }] }],
    ['a recipient without a number', { ...flow, recipients: [{}] }],
    ['nothing for a recipient', { ...flow, recipients: [null] }],
    ['no JSON', '{'],
  ])('refuses %s', async (_name, wrong) => {
    const reply = await simulator.post(PATH, wrong, auth)
    expect(reply).toMatchObject({ status: 200, body: { type: 'error' } })
    expect(await messages()).toEqual([])
  })

  it.each([
    ['unauthorized', 401],
    ['rate-limited', 429],
    ['bad-recipient', 400],
    ['wrong-template', 400],
    ['error-in-200', 200],
  ])('responds to %s with %i and an error', async (fault, status) => {
    await simulator.control('/faults', { provider: 'msg91', fault, times: 1 })
    const reply = await simulator.post(PATH, flow, auth)
    expect(reply).toMatchObject({ status, body: { type: 'error' } })
  })

  it('refuses an IP address that is not whitelisted, as documented', async () => {
    await simulator.control('/faults', { provider: 'msg91', fault: 'unauthorized' })
    const { response } = readFixture('msg91.flow.401')
    const { body, status } = await simulator.post(PATH, flow, auth)
    expect({ body, status }).toEqual({ status: 401, body: response?.body })
  })

  it('responds with HTML when its proxy fails', async () => {
    await simulator.control('/faults', { provider: 'msg91', fault: 'server-error' })
    const reply = await simulator.post(PATH, flow, auth)
    expect(reply).toMatchObject({ status: 502, body: expect.stringContaining('<html>') })
  })

  it('names the time to wait when the fault requires it', async () => {
    const fault = 'rate-limited-with-retry-after'
    await simulator.control('/faults', { provider: 'msg91', fault, seconds: 3 })
    expect((await simulator.post(PATH, flow, auth)).headers.get('retry-after')).toBe('3')
  })
})
