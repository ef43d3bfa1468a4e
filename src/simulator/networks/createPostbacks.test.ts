import { readFixture } from '../../../test/support/readFixture.ts'
import { startReceiver } from '../../../test/support/startReceiver.ts'
import { useSimulator } from '../../../test/support/useSimulator.ts'

type Receiver = Awaited<ReturnType<typeof startReceiver>>
type FixtureRequest = {
  method: string
  query?: Record<string, string>
  form?: Record<string, string>
}

const CLICK = 'clk01JD3Z8Q6M2V5T9XK4R7W0AB'
const SOLD = '2026-10-02T08:55:11Z'
const orders = [
  {
    order: 'EF-100234',
    network: 'admitad',
    clickId: CLICK,
    timeline: [
      { at: SOLD, status: 'pending', saleMinor: 249_900, commissionMinor: 12_495 },
      { at: '2026-10-20T00:00:00Z', status: 'confirmed' },
      { at: '2026-11-20T00:00:00Z', status: 'approved', commissionMinor: 7_495 },
      { at: '2026-12-20T00:00:00Z', status: 'paid', commissionMinor: 12_495 },
    ],
  },
  {
    order: 'VC-88121',
    network: 'vcommission',
    clickId: CLICK,
    timeline: [{ at: SOLD, status: 'approved', commissionMinor: 9_650 }],
  },
  {
    order: 'EM-555',
    network: 'cuelinks',
    clickId: CLICK,
    timeline: [{ at: SOLD, status: 'confirmed', saleMinor: 179_900, commissionMinor: 7_196 }],
  },
]

/** The documented fields of a network's postback, without our own constant. */
const documented = (name: string): Record<string, string> => {
  const { form, query } = readFixture(`networks/${name}`).request as FixtureRequest
  const fields = { ...(query ?? form) }
  delete fields.token
  return fields
}

describe('postbacks', () => {
  const simulator = useSimulator()
  let receiver: Receiver
  beforeAll(async () => {
    receiver = await startReceiver()
  })
  afterAll(() => {
    receiver.close()
  })
  beforeEach(async () => {
    receiver.posts.length = 0
    await simulator.control('/orders', { orders })
    await simulator.control('/clock', { now: '2026-10-10T00:00:00Z', isTicking: false })
  })

  const send = async (network: string, order: string, rest = {}) => {
    const url = `${receiver.url}/postbacks/${network}?token=s%26cret`
    const body = { network, order, url, ...rest }
    return (await simulator.control<{ postbacks: object[] }>('/postback', body)).postbacks
  }
  const received = () =>
    receiver.posts.map(({ body, headers, method, url }) => {
      const { pathname, searchParams } = new URL(url, receiver.url)
      return {
        method,
        pathname,
        type: headers['content-type'],
        query: Object.fromEntries(searchParams),
        form: Object.fromEntries(new URLSearchParams(body)),
      }
    })

  it('of Admitad are a GET with all of its parameters and our own', async () => {
    await send('admitad', 'EF-100234')
    const query = { ...documented('admitad.postback.action.new'), token: 's&cret' }
    expect(received()).toMatchObject([
      {
        method: 'GET',
        pathname: '/postbacks/admitad',
        query: { ...query, admitad_id: expect.stringMatching(/^\d+$/) },
        form: {},
      },
    ])
  })

  it('of Admitad are `pending` for an approved action that was put on hold', async () => {
    await send('admitad', 'EF-100234', { status: 'confirmed' })
    const expected = documented('admitad.postback.action.on_hold_again')
    const [{ query } = { query: {} }] = received()
    expect(query).toEqual({ ...expected, admitad_id: expect.any(String), token: 's&cret' })
  })

  it('of Admitad are a form on request, and report that the reward is ready', async () => {
    await send('admitad', 'EF-100234', { status: 'paid', method: 'POST' })
    const expected = documented('admitad.postback.reward_ready')
    expect(received()).toMatchObject([
      {
        method: 'POST',
        type: 'application/x-www-form-urlencoded',
        query: { token: 's&cret' },
        form: { ...expected, admitad_id: expect.any(String) },
      },
    ])
  })

  it('of vCommission are a GET', async () => {
    await send('vcommission', 'VC-88121')
    const query = { ...documented('vcommission.postback.conversion'), token: 's&cret' }
    expect(received()).toMatchObject([{ method: 'GET', query }])
  })

  it('of CueLinks are a POST with its parameters in the query', async () => {
    await send('cuelinks', 'EM-555')
    const query = { ...documented('cuelinks.postback'), token: 's&cret' }
    expect(received()).toMatchObject([
      { method: 'POST', query: { ...query, transaction_id: expect.any(String) }, form: {} },
    ])
  })

  it('report the requested status, at any time of the timeline', async () => {
    await send('admitad', 'EF-100234', { status: 'approved' })
    await send('admitad', 'EF-100234', { status: 'declined' })
    expect(received().map(({ query }) => [query.payment_status, query.payment_sum])).toEqual([
      ['approved', '74.95'],
      ['declined', '124.95'],
    ])
  })

  it('are sent as often as requested, and are logged with each response’s status', async () => {
    receiver.answers.push(500)
    const posted = await send('cuelinks', 'EM-555', { duplicates: 2 })
    expect(posted).toMatchObject([{ status: 500 }, { status: 200 }, { status: 200 }])
    const [first, ...others] = receiver.posts.map(({ url }) => url)
    expect(others).toEqual([first, first])
    expect(await simulator.control('/postbacks')).toMatchObject({ postbacks: posted, total: 3 })
  })

  it('are logged with no status if there is no response', async () => {
    const url = 'http://127.0.0.1:1/'
    const reply = await simulator.control('/postback', {
      network: 'cuelinks',
      order: 'EM-555',
      url,
    })
    expect(reply).toMatchObject({ postbacks: [{ status: null, order: 'EM-555' }] })
  })

  it('are not sent for an order that is not reported yet', async () => {
    await simulator.control('/clock', { now: '2026-01-01T00:00:00Z' })
    const body = { network: 'cuelinks', order: 'EM-555', url: receiver.url }
    expect((await simulator.post('/control/postback', body)).status).toBe(404)
    expect(receiver.posts).toEqual([])
  })
})
