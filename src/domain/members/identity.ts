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
