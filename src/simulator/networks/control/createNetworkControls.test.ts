import { useSimulator } from '../../../../test/support/useSimulator.ts'

type Stored = { orders: Record<string, unknown>[]; generated: Record<string, unknown>[] }

describe('the control routes of the networks', () => {
  const simulator = useSimulator()
  const stored = () => simulator.control<Stored>('/orders')
  const order = (rest: object = {}) => ({
    order: 'o1',
    network: 'admitad',
    timeline: [{ day: 0, status: 'pending', saleMinor: 100, commissionMinor: 5, currency: 'USD' }],
    ...rest,
  })

  it('stores a timeline given in days, and fills in values that do not change', async () => {
    await simulator.control('/clock', { now: '2026-10-15T00:00:00Z', isTicking: false })
    const timeline = [
      { day: 45, status: 'approved' },
      {
        day: 1,
        status: 'pending',
        saleMinor: 100,
        commissionMinor: 5,
        currency: 'USD',
        eventDay: 0,
      },
      { day: 60, status: 'approved', commissionMinor: 4 },
    ]
    await simulator.control('/orders', {
      orders: [order({ clickId: 'c1', timeline })],
      startAt: '2026-10-01T00:00:00Z',
    })
    expect(await stored()).toEqual({
      orders: [
        {
          order: 'o1',
          network: 'admitad',
          clickId: 'c1',
          merchant: { id: 31_001, name: 'Example Fashion IN' },
          reversalOf: null,
          eventAt: '2026-10-01T00:00:00.000Z',
          status: 'pending',
          number: expect.any(Number),
          timeline: [
            ['2026-10-02', 'pending', 5],
            ['2026-11-15', 'approved', 5],
            ['2026-11-30', 'approved', 4],
          ].map(([day, status, commissionMinor]) => ({
            at: `${day}T00:00:00.000Z`,
            status,
            saleMinor: 100,
            commissionMinor,
            currency: 'USD',
          })),
        },
      ],
      generated: [],
    })
  })

  it('replaces an order of the same name and network, adds others, and clears all', async () => {
    await simulator.control('/orders', { orders: [order(), order({ network: 'cuelinks' })] })
    await simulator.control('/orders', {
      orders: [order({ clickId: 'c2' }), order({ order: 'o2' })],
    })
    const shown = (await stored()).orders.map(({ clickId, network, order: name }) => [
      network,
      name,
      clickId,
    ])
    expect(shown).toEqual([
      ['admitad', 'o1', 'c2'],
      ['admitad', 'o2', null],
      ['cuelinks', 'o1', null],
    ])
    expect((await simulator.control<Stored>('/orders?network=cuelinks')).orders).toHaveLength(1)
    await simulator.control('/orders', undefined, 'DELETE')
    expect(await stored()).toEqual({ orders: [], generated: [] })
  })

  it('takes a merchant with number and name, or derives the number from the name', async () => {
    const merchants = [{ id: '77', name: 'Shop' }, 'Only a name', 'Only a name']
    const orders = merchants.map((merchant, index) => order({ order: `o${index}`, merchant }))
    await simulator.control('/orders', { orders })
    const [first, second, third] = (await stored()).orders.map(({ merchant }) => merchant)
    expect(first).toEqual({ id: 77, name: 'Shop' })
    expect(second).toEqual({ id: expect.any(Number), name: 'Only a name' })
    expect(third).toEqual(second)
  })

  it('lists a generated set by its parameters, not by its orders', async () => {
    await simulator.control('/orders/generate', {
      network: 'vcommission',
      count: 1_000_000,
      seed: 3,
      clickIds: ['c1', 'c2'],
      from: '2026-01-01T00:00:00Z',
      to: '2026-10-01T00:00:00Z',
      status: 'approved',
      changedAt: '2026-10-15T00:00:00Z',
    })
    expect(await stored()).toMatchObject({
      orders: [],
      generated: [{ network: 'vcommission', seed: 3, count: 1_000_000, clicks: 2 }],
    })
  })

  it('accepts very many orders at once', async () => {
    const orders = Array.from({ length: 20_000 }, (_each, index) => order({ order: `o${index}` }))
    expect(await simulator.control('/orders', { orders })).toEqual({ orders: 20_000 })
  })

  const span = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }
  it.each([
    ['a network that does not exist', '/orders', { orders: [order({ network: 'pigeon' })] }],
    ['an order without a timeline', '/orders', { orders: [order({ timeline: [] })] }],
    [
      'an entry without a time',
      '/orders',
      { orders: [order({ timeline: [{ status: 'pending' }] })] },
    ],
    [
      'an entry with two times',
      '/orders',
      { orders: [order({ timeline: [{ day: 1, at: span.from, status: 'pending' }] })] },
    ],
    [
      'half a minor unit',
      '/orders',
      { orders: [order({ timeline: [{ day: 1, status: 'pending', saleMinor: 0.5 }] })] },
    ],
    ['a set of nothing', '/orders/generate', { network: 'admitad', count: 0, ...span }],
    ['a set of no network', '/orders/generate', { network: 'pigeon', count: 1, ...span }],
    [
      'a set of no time',
      '/orders/generate',
      { network: 'admitad', count: 1, from: span.to, to: span.from },
    ],
    ['a limit of an unknown network', '/networks', { network: 'pigeon', perMinute: 1 }],
    ['a postback to nowhere', '/postback', { network: 'admitad', order: 'o1', url: 'here' }],
  ])('refuses %s, and stores nothing', async (_name, path, body) => {
    expect(await simulator.post(`/control${path}`, body)).toMatchObject({
      status: 400,
      body: { error: expect.any(String) },
    })
    expect(await stored()).toEqual({ orders: [], generated: [] })
  })
})
