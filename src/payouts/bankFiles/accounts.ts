import { validateIBAN } from 'sepa'

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/
const BIC = /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/

/** Returns true for an IBAN in capitals and without spaces, with its check digits right. */
export const isIban = (text: string): boolean => IBAN.test(text) && validateIBAN(text)

/** Returns true for a BIC of 8 or 11 characters. */
export const isBic = (text: string): boolean => BIC.test(text)

/** Returns true for an IFSC: four letters, a zero and six letters or digits. */
export const isIfsc = (text: string): boolean => /^[A-Z]{4}0[A-Z0-9]{6}$/.test(text)

/** Returns true for an account number of letters and digits alone. */
export const isAccountNumber = (text: string): boolean => /^[A-Za-z0-9]{4,35}$/.test(text)

/** Returns true for a UPI address, such as `name@bank`. */
export const isVpa = (text: string): boolean =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{1,254}@[A-Za-z][A-Za-z0-9]{1,63}$/.test(text)
