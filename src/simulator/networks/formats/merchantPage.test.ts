import { useSimulator } from '../../../../test/support/useSimulator.ts'

describe('the merchant’s page behind a tracking link', () => {
  const simulator = useSimulator()

  it.each([
    ['/admitad/g/0123456789abcdef/?subid4=c1&ulp='],
    ['/admitad/g/0123456789abcdef/?subid=c1&ulp='],
    ['/vcommission/click?campaign_id=10882&pub_id=1&p1=c1&url='],
    ['/cuelinks/?cid=1&source=x&subid=c1&url='],
  ])('of %s shows the link’s parameters as text, and does not redirect', async (link) => {
    const landing = encodeURIComponent('https://shop.test/"><script>')
    const { body, headers, status } = await simulator.get(link + landing)
    expect([status, headers.get('location')]).toEqual([200, null])
    expect(body).toContain('<dd>c1</dd>')
    expect(body).toContain('https://shop.test/&#34;&#62;&#60;script&#62;')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('is not subject to its network’s rate limit', async () => {
    await simulator.control('/faults', { provider: 'admitad', fault: 'server-error' })
    await simulator.control('/networks', { network: 'admitad', perMinute: 1 })
    const visits = [simulator.get('/admitad/g/a/'), simulator.get('/admitad/g/a/')]
    expect((await Promise.all(visits)).map(({ status }) => status)).toEqual([200, 200])
  })
})
