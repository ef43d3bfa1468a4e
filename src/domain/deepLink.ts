import { DomainError } from './errors.ts'

/**
 * The page of a shop that a click may lead to: over https, on a host that the merchant lists, and
 * nothing else. Hosts are compared whole, so that neither a longer name nor a port, nor a user in
 * front of the host leads elsewhere.
 *
 * @throws DomainError `click.not-allowed` naming the field
 */
export const deepLinkOf = (typed: string, hosts: readonly string[]): string => {
  const refuse = (message: string) =>
    new DomainError('click.not-allowed', message, { field: 'url' })
  if (typed.length > 2_000) throw refuse('The address is too long.')
  // Before it is read: a reader drops what it does not like, and a header must not.
  if (/[\u0000-\u0020\u007f-\u009f\\]/.test(typed)) throw refuse('This is not an address.')
  const url = URL.canParse(typed) ? new URL(typed) : null
  if (url?.protocol !== 'https:') throw refuse('Give a whole address that begins with https://.')
  const isPlain = url.username === '' && url.password === '' && url.port === ''
  if (!isPlain || !hosts.some((host) => host.toLowerCase() === url.hostname)) {
    throw refuse('This shop has no such address.')
  }
  return url.href
}
