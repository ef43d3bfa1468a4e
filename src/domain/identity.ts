/** Mail domains that ignore dots in the local part, by the name they are compared under. */
const DOTLESS: Record<string, string> = { 'gmail.com': 'gmail.com', 'googlemail.com': 'gmail.com' }

/**
 * The mailbox behind an address: case, `+tags` and, where the provider ignores them, dots are
 * dropped, so that two spellings of one mailbox compare equal. For comparison only, never to send.
 *
 * @example mailboxOf('A.Sha+shop@GoogleMail.com') // 'asha@gmail.com'
 */
export const mailboxOf = (email: string): string => {
  const [local = '', domain = ''] = email.trim().toLowerCase().split('@')
  const untagged = local.replace(/\+.*$/, '')
  const dotless = DOTLESS[domain]
  return dotless ? `${untagged.replaceAll('.', '')}@${dotless}` : `${untagged}@${domain}`
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
