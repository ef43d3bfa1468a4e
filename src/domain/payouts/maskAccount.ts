/** The part of an account that identifies it. Accounts of drivers fit. */
export type MaskableAccount =
  | { kind: 'bank-in'; accountNumber: string }
  | { kind: 'gift-card' | 'paypal'; email: string }
  | { kind: 'iban'; iban: string }
  | { kind: 'upi'; vpa: string }

/**
 * Masks an account so that its owner recognises it and others cannot use it. Lists, messages and
 * logs show this text alone.
 *
 * @example maskAccount({ kind: 'bank-in', accountNumber: '50100012341234' }) // '•••• 1234'
 * @example maskAccount({ kind: 'upi', vpa: 'rahul@okhdfc' }) // 'ra•••@okhdfc'
 * @example maskAccount({ kind: 'iban', iban: 'DE89 3704 0044 0532 0130 00' }) // 'DE•• … 3000'
 */
export const maskAccount = (account: MaskableAccount): string => {
  switch (account.kind) {
    case 'bank-in':
      return `•••• ${lastOf(account.accountNumber)}`
    case 'iban':
      return `${compact(account.iban).slice(0, 2)}•• … ${lastOf(account.iban)}`
    case 'upi':
      return maskAddress(account.vpa)
    case 'gift-card':
    case 'paypal':
      return maskAddress(account.email)
  }
}

const compact = (text: string): string => text.replaceAll(/\s/g, '')

/** The last four characters, or less of a short number: at most half of it is shown. */
const lastOf = (text: string): string => {
  const whole = compact(text)
  return whole.slice(whole.length - Math.min(4, Math.floor(whole.length / 2)))
}

/** The first two characters, or less of a short name. */
const maskAddress = (address: string): string => {
  const at = address.lastIndexOf('@')
  const name = at < 0 ? address : address.slice(0, at)
  const shown = name.slice(0, Math.min(2, Math.floor(name.length / 2)))
  return `${shown}•••${at < 0 ? '' : address.slice(at)}`
}
