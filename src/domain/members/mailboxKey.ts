/** How a provider reads the part before the @, and the domain by which its mailboxes are compared. */
type Provider = {
  /** The domain of the key, where one mailbox has addresses at several domains. */
  domain?: string
  /** Characters that the provider ignores in the local part. */
  ignored?: RegExp
  /** The character before a tag, besides the plus. */
  tagMark?: '-'
  /** Mail to `anything@user.<domain>` reaches `user@<domain>`. */
  hasUserDomains?: true
}

const PROTON: Provider = { domain: 'proton.me', ignored: /[._-]/g }
const ICLOUD: Provider = { domain: 'icloud.com' }
const YAHOO: Provider = { tagMark: '-' }
const FASTMAIL: Provider = { hasUserDomains: true }

/**
 * Providers with a rule of their own. Sources: Gmail https://support.google.com/mail/answer/7436150
 * (dots), .../answer/10313 (googlemail.com); Proton https://proton.me/support/addresses-and-aliases
 * (domains), and `removeEmailAlias` of its web client, which drops dots, hyphens and underscores;
 * iCloud https://support.apple.com/en-us/102525 (domains); Yahoo
 * https://help.yahoo.com/kb/SLN28704.html (base name, hyphen, keyword); Fastmail
 * https://www.fastmail.help/hc/en-us/articles/360060591053 (sub-domain addressing). Outlook, Hotmail
 * and Live know the plus alone: their domains have separate mailboxes.
 */
const PROVIDERS: Record<string, Provider> = {
  'gmail.com': { domain: 'gmail.com', ignored: /\./g },
  'googlemail.com': { domain: 'gmail.com', ignored: /\./g },
  'proton.me': PROTON,
  'protonmail.com': PROTON,
  'protonmail.ch': PROTON,
  'pm.me': PROTON,
  'icloud.com': ICLOUD,
  'me.com': ICLOUD,
  'mac.com': ICLOUD,
  'ymail.com': YAHOO,
  'rocketmail.com': YAHOO,
  'myyahoo.com': YAHOO,
  'fastmail.com': FASTMAIL,
  'fastmail.fm': FASTMAIL,
  'fastmail.cn': FASTMAIL,
  'fastmail.co.uk': FASTMAIL,
  'fastmail.com.au': FASTMAIL,
  'fastmail.de': FASTMAIL,
  'fastmail.es': FASTMAIL,
  'fastmail.fr': FASTMAIL,
  'fastmail.im': FASTMAIL,
  'fastmail.in': FASTMAIL,
  'fastmail.jp': FASTMAIL,
  'fastmail.mx': FASTMAIL,
  'fastmail.net': FASTMAIL,
  'fastmail.nl': FASTMAIL,
  'fastmail.org': FASTMAIL,
  'fastmail.se': FASTMAIL,
  'fastmail.to': FASTMAIL,
  'fastmail.tw': FASTMAIL,
  'fastmail.uk': FASTMAIL,
  'fastmail.us': FASTMAIL,
  'sent.com': FASTMAIL,
}

/** Yahoo's domains of countries, such as yahoo.co.in. */
const YAHOO_DOMAIN = /^yahoo\.[a-z]{2,3}(\.[a-z]{2})?$/

/**
 * Turns an e-mail address into the key of its mailbox, so that two spellings of one mailbox have one
 * key: case, quotes, `+tags`, and what the provider ignores are dropped. It is for comparison alone,
 * never for sending.
 *
 * @example toMailboxKey('A.Sha+shop@GoogleMail.com') // 'asha@gmail.com'
 * @example toMailboxKey('shop@asha.fastmail.com') // 'asha@fastmail.com'
 */
export const toMailboxKey = (email: string): string => {
  const text = email.normalize('NFKC').trim().toLowerCase()
  const at = text.lastIndexOf('@')
  const host = text.slice(at + 1).replace(/\.$/, '')
  const user = splitUserDomain(host)
  const domain = user?.domain ?? host
  const provider = findProvider(domain)
  const local = user?.name ?? text.slice(0, Math.max(0, at)).replace(/^"(.*)"$/, '$1')
  return `${stripLocal(local, provider)}@${provider.domain ?? domain}`
}

const findProvider = (domain: string): Provider =>
  (Object.hasOwn(PROVIDERS, domain) ? PROVIDERS[domain] : undefined) ??
  (YAHOO_DOMAIN.test(domain) ? YAHOO : {})

/** Splits `user.fastmail.com`. A host name has no underscore, so Fastmail reads hyphens for both. */
const splitUserDomain = (host: string): { name: string; domain: string } | null => {
  const dot = host.indexOf('.')
  const domain = host.slice(dot + 1)
  return dot > 0 && findProvider(domain).hasUserDomains
    ? { name: host.slice(0, dot), domain }
    : null
}

/** Keeps a local part that would be empty, such as that of `+shop@example.in`. */
const stripLocal = (local: string, { hasUserDomains, ignored, tagMark }: Provider): string => {
  const untagged = cutAt(cutAt(local, '+'), tagMark)
  if (hasUserDomains) return untagged.replaceAll('_', '-')
  return (ignored && untagged.replace(ignored, '')) || untagged
}

const cutAt = (text: string, mark: string | undefined): string => {
  const at = mark === undefined ? -1 : text.indexOf(mark, 1)
  return at > 0 ? text.slice(0, at) : text
}
