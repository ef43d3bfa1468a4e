import { useSimulator } from '../../../test/support/useSimulator.ts'

describe('the networks page', () => {
  const simulator = useSimulator()
  const page = async (search = '') => String((await simulator.get(`/networks${search}`)).body)
  const addOrders = (orders: object[]) =>
    simulator.control('/orders', { orders, startAt: '2026-10-01T00:00:00Z' })
  const timeline = [
    { day: 0, status: 'pending', saleMinor: 249_900, commissionMinor: 12_495, currency: 'INR' },
    { day: 40, status: 'approved' },
  ]
  beforeEach(() => simulator.control('/clock', { now: '2026-10-15T00:00:00Z', isTicking: false }))

  it('shows a note when there are no orders', async () => {
    expect(await page()).toContain('No orders.')
  })

  it('shows an order as it is now, and its next change', async () => {
    await addOrders([{ order: 'o1', network: 'cuelinks', clickId: 'c1', timeline }])
    expect(await page()).toMatch(
      /o1[\s\S]*c1[\s\S]*is-pending[\s\S]*₹2,499.00[\s\S]*approved,\s*<time/,
    )
    await simulator.control('/clock', { advanceMs: 30 * 86_400_000 })
    const later = await page()
    expect(later).toMatch(/is-approved[\s\S]*payable/)
    expect(later).not.toMatch(/approved,\s*<time/)
  })

  it('marks an order that no network has reported yet', async () => {
    await addOrders([
      { order: 'o1', network: 'admitad', timeline: [{ day: 20, status: 'pending' }] },
    ])
    expect(await page()).toContain('not reported yet')
  })

  it('shows the number of generated orders without listing them', async () => {
    await simulator.control('/orders/generate', {
      network: 'admitad',
      count: 1_000_000,
      from: '2026-01-01T00:00:00Z',
      to: '2026-10-01T00:00:00Z',
    })
    expect(await page()).toMatch(/1,000,000 generated orders/)
  })

  it('escapes everything that orders contain, and filters by it', async () => {
    const evil = '<img src=x onerror=alert(1)>'
    await addOrders([
      { order: evil, network: 'admitad', merchant: evil, clickId: evil, timeline },
      { order: 'zebra', network: 'admitad', timeline: [{ day: 0, status: evil }] },
    ])
    const whole = await page()
    expect(whole).not.toContain('<img')
    expect(whole).toContain('zebra')
    const found = await page(`?q=${encodeURIComponent('<IMG')}`)
    expect(found).not.toContain('<img')
    expect(found).not.toContain('zebra')
    expect(await page('?q=nothing')).toContain('Nothing matches.')
  })

  it('sets fault rules and the clock, and redirects to itself only', async () => {
    const submit = (path: string, fields: Record<string, string>) =>
      fetch(simulator.url() + path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        redirect: 'manual',
      })
    const set = await submit('/faults', {
      fault: 'admitad slow-body',
      times: '2',
      back: '/networks',
    })
    expect(set.headers.get('location')).toBe('/networks')
    expect(await simulator.control('/faults')).toMatchObject({
      faults: [{ provider: 'admitad', fault: 'slow-body', times: 2 }],
    })
    expect(await page()).toMatch(/Admitad<\/b> slow body/)
    const moved = await submit('/clock', { advanceMs: '3600000', back: 'https://evil.test/' })
    expect(moved.headers.get('location')).toBe('/')
    expect(await simulator.control('/clock')).toMatchObject({ now: '2026-10-15T01:00:00.000Z' })
  })
})
