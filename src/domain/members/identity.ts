type MailDomain = { name: string; isDotless?: true; tag?: '-' }

/**
 * Mail domains, each with the domain by which it is compared and the provider's rule for the local
 * part: Gmail and Proton ignore dots, Yahoo uses a hyphen for tags.
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
 * Normalises an email address so that two spellings of one mailbox compare equal. It drops case,
 * `+tags` and, if the provider ignores them, dots, and maps a provider's domains to one. The result
 * is for comparison only, never for sending.
 *
 * @example normaliseMailbox('A.Sha+shop@GoogleMail.com') // 'asha@gmail.com'
 */
export const normaliseMailbox = (email: string): string => {
  const [local = '', domain = ''] = email.trim().toLowerCase().split('@')
  const { isDotless, name, tag }: MailDomain = DOMAINS[domain] ?? { name: domain }
  const untagged = local.replace(/\+.*$/, '').replace(tag === '-' ? /-.*$/ : /$^/, '')
  return `${isDotless ? untagged.replaceAll('.', '') : untagged}@${name}`
}

/**
 * Masks an email address so that its owner recognises it and others cannot use it.
 *
 * @example maskEmail('ananya@example.in') // 'an•••@example.in'
 */
export const maskEmail = (email: string): string => {
  const [local = '', domain = ''] = email.split('@')
  return `${local.slice(0, 2)}•••@${domain}`
}

/**
 * Masks a phone number except its last four digits.
 *
 * @example maskPhone('+919876546620') // '•••• 6620'
 */
export const maskPhone = (phone: string): string => `•••• ${phone.slice(-4)}`

/**
 * Masks a name to its initials, for viewers who may not know the person.
 *
 * @example maskName('Kavita Rao') // 'K••• R•••'
 */
export const maskName = (name: string): string =>
  name
    .trim()
    .split(/\s+/)
    .map((word) => `${word.slice(0, 1)}•••`)
    .join(' ')
