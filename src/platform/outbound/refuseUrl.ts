import ipaddr from 'ipaddr.js'

/**
 * The hosts that the product may send requests to although they are on a private address or without
 * TLS: any outside production, in production the ones that PRIVATE_HOSTS names.
 */
export type PrivateHosts = 'any' | readonly string[]

/** Returns the private hosts that the environment allows. */
export const privateHosts = (env: {
  TRIBUTARY_MODE: string
  PRIVATE_HOSTS: readonly string[]
}): PrivateHosts => (env.TRIBUTARY_MODE === 'production' ? env.PRIVATE_HOSTS : 'any')

/** Whether the URL's host may be private and plain. */
export const mayBePrivate = ({ hostname }: URL, hosts: PrivateHosts): boolean =>
  hosts === 'any' || hosts.includes(hostname)

/**
 * Returns why no request with credentials may go to this URL, for people; null if one may. A name
 * that resolves to a private address passes here and is refused when connecting (`guardLookup`).
 */
export const refuseUrl = (url: URL, hosts: PrivateHosts): string | null => {
  if (url.username || url.password) return 'a web address must not contain a user or a password'
  if (mayBePrivate(url, hosts)) return null
  if (url.protocol !== 'https:') return 'only https is allowed'
  return isPrivateName(url.hostname) ? `${url.hostname} is not a public host` : null
}

/**
 * The parser of URLs has turned 0x7f.1, 2130706433 and 0177.0.0.1 into 127.0.0.1 by now. A name
 * without a dot is of the machine or of its search domain.
 */
const isPrivateName = (hostname: string): boolean => {
  const name = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (ipaddr.isValid(name)) return !isPublicAddress(name)
  return !name.includes('.') || /\.(localhost|local|internal|localdomain|home\.arpa)$/.test(name)
}

/**
 * Whether an address is of the public internet. Not: loopback, private, link-local (the metadata of
 * clouds is there), unique-local, shared (RFC 6598), multicast, reserved, and IPv6 forms of an IPv4
 * address (mapped, NAT64, 6to4, Teredo), which lead to one of those.
 */
export const isPublicAddress = (address: string): boolean => {
  // A zone ("fe80::1%eth0") is of link-local addresses only.
  if (!ipaddr.isValid(address) || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST)
}

/** The only part of IPv6 that is assigned to networks (RFC 4291, 2.4). */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3]
