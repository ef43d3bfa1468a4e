import type { Request, Response } from 'express'

import { clientAddress } from './clientAddress.ts'

const NO_RESPONSE = {} as unknown as Response

const seenAs = (
  headers: Record<string, string>,
  trustedProxies = 0,
  remoteAddress: string | undefined = '203.0.113.7',
): unknown => {
  const request = { headers: { ...headers }, socket: { remoteAddress } } as unknown as Request
  const next = () => undefined
  void clientAddress({ trustedProxies })(request, NO_RESPONSE, next)
  return request.headers['x-tributary-client-ip']
}

describe('the caller’s address', () => {
  it('is the connection’s, whatever headers the caller sends', () => {
    const forged = { 'x-forwarded-for': '10.0.0.1', 'x-tributary-client-ip': '10.0.0.2' }
    expect(seenAs(forged)).toBe('203.0.113.7')
  })

  it.each([
    [1, '198.51.100.1', '198.51.100.1'],
    [1, '10.9.9.9, 198.51.100.1', '198.51.100.1'],
    [2, '10.9.9.9, 198.51.100.1, 192.0.2.2', '198.51.100.1'],
    [2, '198.51.100.1', '198.51.100.1'],
    [1, '2001:db8::1', '2001:db8::1'],
    [1, 'nonsense', '203.0.113.7'],
    [1, '', '203.0.113.7'],
  ])('behind %i proxies with X-Forwarded-For %j is %s', (proxies, forwarded, address) => {
    expect(seenAs({ 'x-forwarded-for': forwarded }, proxies)).toBe(address)
  })

  it('has one notation, also on an IPv6 socket', () => {
    expect(seenAs({}, 0, '::ffff:203.0.113.7')).toBe('203.0.113.7')
  })

  it('is set even when the connection has closed', () => {
    const request = { headers: {}, socket: {} } as unknown as Request
    void clientAddress({ trustedProxies: 0 })(request, NO_RESPONSE, () => undefined)
    expect(request.headers['x-tributary-client-ip']).toBe('unknown')
  })
})
