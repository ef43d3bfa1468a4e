import { isIPv6 } from 'node:net'

import type { PayloadRequest } from 'payload'

/**
 * Where a request comes from, for counting. Whoever has one IPv6 address has all that begin like
 * it: they count as one.
 */
export const networkOf = ({ headers }: Pick<PayloadRequest, 'headers'>): string => {
  const address = headers.get('x-tributary-client-ip') ?? 'unknown'
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').length
  const all = [...groups, ...Array.from({ length: missing }, () => '0')]
  return `${all
    .slice(0, 4)
    .map((group) => group || '0')
    .join(':')}::/64`
}
