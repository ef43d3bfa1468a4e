const MAX_LENGTH = 200
const MAX_CODE_LENGTH = 80

/** E-mail addresses and VPAs. */
const ADDRESS = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+/g
/** Five digits or more, also in groups: account, card and phone numbers. */
const NUMBER = /[A-Za-z0-9]*\d(?:[ -]?[A-Za-z0-9]*\d){4,}[A-Za-z0-9]*/g

/**
 * Returns a provider's text without account data, at most 200 characters. It removes the given
 * secrets in either case, and anything else that looks like an account, an e-mail address or a phone
 * number: a look-up does not know the account.
 */
export const cleanText = (text: string, secrets: readonly string[] = []): string => {
  const known = secrets.filter((secret) => secret.length > 2).sort((a, b) => b.length - a.length)
  const masked = known.reduce(
    (current, secret) => current.replaceAll(new RegExp(escapeRegExp(secret), 'gi'), '…'),
    text.slice(0, MAX_LENGTH * 10),
  )
  return masked.replaceAll(ADDRESS, '…').replaceAll(NUMBER, '…').trim().slice(0, MAX_LENGTH)
}

/** Returns a provider's code if it is one word, such as `imps_not_allowed`; else null. */
export const cleanCode = (code: unknown): string | null =>
  typeof code === 'string' && /^[\w.:-]+$/.test(code) && code.length <= MAX_CODE_LENGTH
    ? code
    : null

const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
