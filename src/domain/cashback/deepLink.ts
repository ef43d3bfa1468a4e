import { DomainError } from '../errors.ts'

/**
 * Checks the page of a merchant that a click may lead to. It must use https and be on a host that
 * the merchant lists. Hosts are compared as a whole, so that no longer name, port or user name
 * leads elsewhere. Returns the normalised address.
 *
 * @throws DomainError `click.not-allowed` naming the field
 */
export const buildDeepLink = (typed: string, hosts: readonly string[]): string => {
  const refuse = (message: string) =>
    new DomainError('click.not-allowed', message, { field: 'url' })
  if (typed.length > 2_000) throw refuse('The address is too long.')
  // Checked before parsing: a URL parser drops such characters without an error.
  if (/[\u0000-\u0020\u007f-\u009f\\]/.test(typed)) throw refuse('This is not an address.')
  const url = URL.canParse(typed) ? new URL(typed) : null
  if (url?.protocol !== 'https:') throw refuse('Give a whole address that begins with https://.')
  const isPlain = url.username === '' && url.password === '' && url.port === ''
  if (!isPlain || !hosts.some((host) => host.toLowerCase() === url.hostname)) {
    throw refuse('The address is not on a host of this merchant.')
  }
  return url.href
}
