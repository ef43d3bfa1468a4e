type MailDomain = { name: string; isDotless?: true; tag?: '-' }

/**
 * Mail domains by the name they are compared under, and how their providers read a local part:
 * Gmail and Proton ignore dots, Yahoo tags by a hyphen.
 */
const DOMAINS: Record<string, MailDomain> = {
  'gmail.com': { name: 'gmail.com', isDotless: true },
  'googlemail.com': { name: 'gmail.com', isDotless: true },
  'proton.me': { name: 'proton.me', isDotless: true },
  'protonmail.com': { name: 'proton.me', isDotless: true },
  'pm.me': { name: 'proton.me', isDotless: true },
  'icloud.com': { name: 'icloud.com' },
  'me.com': { name: 'icloud.com' },
  'mac.com': { name: 'icloud.com' },
  'yahoo.com': { name: 'yahoo.com', tag: '-' },
  'yahoo.in': { name: 'yahoo.in', tag: '-' },
  'yahoo.co.in': { name: 'yahoo.co.in', tag: '-' },
}

/**
 * The mailbox behind an address: case, `+tags` and, where the provider ignores them, dots are
 * dropped, and one provider's domains count as one, so that two spellings of one mailbox compare
 * equal. For comparison only, never to send.
 *
 * @example mailboxOf('A.Sha+shop@GoogleMail.com') // 'asha@gmail.com'
 */
export const mailboxOf = (email: string): string => {
  const [local = '', domain = ''] = email.trim().toLowerCase().split('@')
  const { isDotless, name, tag }: MailDomain = DOMAINS[domain] ?? { name: domain }
  const untagged = local.replace(/\+.*$/, '').replace(tag === '-' ? /-.*$/ : /$^/, '')
  return `${isDotless ? untagged.replaceAll('.', '') : untagged}@${name}`
}

/**
 * Enough of an address for its owner to know it, too little for others to use.
 *
 * @example maskEmail('ananya@example.in') // 'an•••@example.in'
 */
export const maskEmail = (email: string): string => {
  const [local = '', domain = ''] = email.split('@')
  return `${local.slice(0, 2)}•••@${domain}`
}

/**
 * The last four digits of a phone number.
 *
 * @example maskPhone('+919876546620') // '•••• 6620'
 */
export const maskPhone = (phone: string): string => `•••• ${phone.slice(-4)}`

/**
 * A name as shown to somebody who may know that there is a person, but not who.
 *
 * @example maskName('Kavita Rao') // 'K••• R•••'
 */
export const maskName = (name: string): string =>
  name
    .trim()
    .split(/\s+/)
    .map((word) => `${word.slice(0, 1)}•••`)
    .join(' ')
