import type { Refusal } from './refusal.ts'

export type Validated = { value: string; refusal: null } | { value: null; refusal: Refusal }

/**
 * Checks the shape of a UPI address and returns it in lower case: UPI ignores case. An address has
 * 3 to 100 characters and one `@`, by RazorpayX's limits; the handle of a bank has no dot, so that
 * an e-mail address is refused.
 *
 * - `payout-method.malformed-vpa` at `vpa`
 */
export const validateVpa = (typed: string): Validated => {
  const value = typed.trim().toLowerCase()
  if (value.length >= 3 && value.length <= 100 && VPA.test(value)) return { value, refusal: null }
  return /^[^@]+@[^@]+\.[^@]+$/.test(value)
    ? refuse('vpa', 'This looks like an e-mail address. A UPI ID looks like name@bank.')
    : refuse('vpa', 'A UPI ID looks like name@bank.')
}

/**
 * Checks the shape of an Indian PAN and returns it in capitals. Its fourth letter names the type of
 * the holder. Source: Income Tax Department, structure of the PAN.
 *
 * - `payout-method.malformed-pan` at `pan`
 */
export const validatePan = (typed: string): Validated => {
  const value = typed.trim().toUpperCase()
  if (!/^[A-Z]{5}[0-9]{4}[A-Z]$/.test(value)) {
    return refuse('pan', 'A PAN has five letters, four digits and a letter.')
  }
  return PAN_HOLDERS[value.charAt(3)] === undefined
    ? refuse('pan', 'The fourth letter of this PAN does not exist. A person’s PAN has a P there.')
    : { value, refusal: null }
}

/** The types of holders by the fourth letter of a PAN. */
export const PAN_HOLDERS: Partial<Record<string, string>> = {
  A: 'association of persons',
  B: 'body of individuals',
  C: 'company',
  F: 'firm',
  G: 'government',
  H: 'Hindu undivided family',
  J: 'artificial juridical person',
  L: 'local authority',
  P: 'person',
  T: 'trust',
}

/**
 * Checks the shape of an Indian bank account number and returns it in capitals, without spaces and
 * hyphens: 5 to 35 letters and digits, by RazorpayX's limits.
 *
 * - `payout-method.malformed-account-number` at `accountNumber`
 */
export const validateAccountNumber = (typed: string): Validated => {
  const value = typed.replaceAll(/[\s-]/g, '').toUpperCase()
  return /^[A-Z0-9]{5,35}$/.test(value) && !/^0+$/.test(value)
    ? { value, refusal: null }
    : refuse('accountNumber', 'An account number has 5 to 35 letters and digits.')
}

const VPA = /^[a-z0-9][a-z0-9._-]*@[a-z][a-z0-9]+$/

const CODES = { accountNumber: 'account-number', pan: 'pan', vpa: 'vpa' } as const

/** The messages never repeat what was typed: they are logged and shown to staff. */
const refuse = (field: keyof typeof CODES, message: string): Validated => ({
  value: null,
  refusal: { code: `payout-method.malformed-${CODES[field]}`, message, field },
})
