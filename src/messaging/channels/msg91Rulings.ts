import type { Ruling } from './outcomeOfStatus.ts'

/**
 * What MSG91 refuses for good, by its words, since it documents hardly any code; the first that
 * fits decides. 418 is its code for an address that is not on the account's list, on by default for
 * new keys (https://msg91.com/help/api): a matter of settings, which repeating does not solve.
 */
export const MSG91_RULINGS: { says: RegExp; code: string; ruling: Ruling }[] = [
  { says: /^418$|whitelist/i, code: 'ip-not-whitelisted', ruling: 'permanent' },
  { says: /template|flow|dlt/i, code: 'wrong-template', ruling: 'permanent' },
  { says: /unsubscri|opt(ed)?[ -]?out|blocked number/i, code: 'opted-out', ruling: 'opted-out' },
  { says: /mobile|recipient|number/i, code: 'bad-recipient', ruling: 'permanent' },
  { says: /auth|unauthori[sz]ed/i, code: 'unauthorized', ruling: 'permanent' },
  { says: /sender/i, code: 'wrong-sender', ruling: 'permanent' },
  { says: /invalid json/i, code: 'malformed-request', ruling: 'permanent' },
]
