import { readFixture } from '../../../../test/support/readFixture.ts'
import { startReceiver } from '../../../../test/support/startReceiver.ts'
import { useSimulator } from '../../../../test/support/useSimulator.ts'

type Rows = Record<string, unknown>[]

const token = { authorization: 'Bearer any' }
const WINDOW = 'startDate=2026-11-13T00:00:00&endDate=2026-11-20T23:59:59&timezone=UTC'

describe('Awin, simulated', () => {
  const simulator = useSimulator()
  const list = async (search: string, headers: object = token) => {
    const path = `/awin/publishers/100001/transactions/?${search}`
    const reply = await simulator.get(path, { ...headers })
    return { ...reply, body: reply.body as Rows }
  }
  const addOrder = (status = 'approved') =>
    simulator.control('/orders', {
      orders: [
        {
          order: 'AW-1',
          network: 'awin',
          clickId: 'clk01JD3Z8Q6M2V5T9XK4R7W0AB',
          timeline: [
            {
              at: '2026-09-01T10:30:00Z',
              status: 'pending',
              saleMinor: 10_000,
              commissionMinor: 800,
              currency: 'GBP',
            },
            { at: '2026-11-18T00:00:00Z', status, saleMinor: 7_500, commissionMinor: 600 },
          ],
        },
      ],
    })
  beforeEach(async () => {
    await simulator.control('/clock', { now: '2026-11-21T00:00:00Z', isTicking: false })
    await simulator.control('/networks', { network: 'awin', perMinute: null })
  })

  it('lists an amendment as documented', async () => {
    await addOrder()
    const [expected] = readFixture('networks/awin.transactions').response?.body as Rows
    expect((await list(`${WINDOW}&dateType=amendment`)).body).toEqual([
      { ...expected, id: expect.any(Number) },
    ])
  })

  it('selects by the time of the order, of the validation and of the amendment', async () => {
    await addOrder()
    const SOLD = 'startDate=2026-09-01T00:00:00&endDate=2026-09-30T00:00:00'
    const countOf = async (search: string) => (await list(search)).body.length
    expect(await countOf(SOLD)).toBe(1)
    expect(await countOf(`${SOLD}&dateType=validation`)).toBe(0)
    expect(await countOf(WINDOW)).toBe(0)
    expect(await countOf(`${WINDOW}&dateType=validation`)).toBe(1)
    expect(await countOf(`${WINDOW}&dateType=validation&status=declined`)).toBe(0)
  })

  it.each([
    ['confirmed', 'pending', false, null],
    ['approved', 'approved', false, null],
    ['paid', 'approved', true, null],
    ['declined', 'declined', false, 'Order cancelled'],
  ])('reports %s as %s, paid %s', async (status, rawStatus, isPaid, reason) => {
    await addOrder(status)
    expect((await list(`${WINDOW}&dateType=amendment`)).body).toMatchObject([
      { commissionStatus: rawStatus, paidToPublisher: isPaid, declineReason: reason },
    ])
  })

  it.each([
    ['no window', ''],
    ['more than 31 days', 'startDate=2026-09-01T00:00:00&endDate=2026-10-02T00:00:01'],
    ['a day without a time', 'startDate=2026-09-01&endDate=2026-09-02'],
    ['another time zone', WINDOW.replace('UTC', 'Asia/Kolkata')],
    ['another kind of date', `${WINDOW}&dateType=click`],
  ])('refuses %s', async (_name, search) => {
    expect((await list(search)).status).toBe(400)
  })

  it('refuses a request without a token, and more than 20 requests a minute', async () => {
    expect((await list(WINDOW, {})).status).toBe(401)
    await simulator.control('/state', undefined, 'DELETE')
    const statuses: number[] = []
    while (statuses.length < 21) statuses.push((await list(WINDOW)).status)
    expect([statuses[19], statuses[20]]).toEqual([200, 429])
  })

  it('refuses faults of pages, because it has no pages', async () => {
    const rule = { provider: 'awin', fault: 'dup-across-pages' }
    expect((await simulator.post('/control/faults', rule)).status).toBe(400)
  })

  it('pushes a transaction as JSON in a form', async () => {
    const receiver = await startReceiver()
    await addOrder()
    const url = `${receiver.url}/postbacks/awin?token=t`
    await simulator.control('/postback', { network: 'awin', order: 'AW-1', url })
    const [post] = receiver.posts
    expect(post?.url).toBe('/postbacks/awin?token=t')
    const pushed = new URLSearchParams(post?.body).get('AwinTransactionPush') ?? ''
    expect(JSON.parse(pushed)).toMatchObject({
      clickRef: 'clk01JD3Z8Q6M2V5T9XK4R7W0AB',
      transactionAmount: '75',
      commission: '6',
      transactionCurrency: 'GBP',
    })
    receiver.close()
  })
})
