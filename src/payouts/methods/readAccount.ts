import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools'
import { z } from 'zod'

import { DomainError } from '../../domain/errors.ts'
import type { MethodKind } from '../../domain/payouts/methodKinds.ts'
import {
  type Validated,
  validateAccountNumber,
  validateVpa,
} from '../../domain/payouts/validateMethod.ts'
import type { PayoutAccount } from '../drivers/types.ts'

/** A method as a member types it. Each kind has its fields, and no other. */
export type MethodInput = {
  kind: MethodKind
  /** Of a gift card, the member's own name by default. */
  holderName?: string | undefined
} & Partial<Record<AccountField, string | undefined>>
type AccountField = 'accountNumber' | 'bic' | 'email' | 'iban' | 'ifsc' | 'product' | 'vpa'

const FIELDS: Record<MethodKind, readonly AccountField[]> = {
  upi: ['vpa'],
  'bank-in': ['accountNumber', 'ifsc'],
  iban: ['iban', 'bic'],
  paypal: ['email'],
  'gift-card': ['product', 'email'],
}

/**
 * Reads a typed method as an account, in one spelling. Checks what can be known without the bank:
 * the check digits of an IBAN (ISO 13616), the shape of everything else. Messages do not repeat what
 * was typed.
 *
 * @throws DomainError `request.unknown-field` the kind has no such field
 * @throws DomainError `payout-method.malformed-…` with the field: `vpa`, `account-number`, `ifsc`,
 *   `iban`, `bic`, `email`, `product`, `holder-name`
 */
export const readAccount = (
  input: MethodInput,
  { memberName }: { memberName: string },
): PayoutAccount => {
  const { kind } = input
  refuseOtherFields(input)
  const typedName = kind === 'gift-card' ? input.holderName || memberName : input.holderName
  const holderName = readName(typedName ?? '')
  switch (kind) {
    case 'upi':
      return { kind, holderName, vpa: take(validateVpa(input.vpa ?? '')) }
    case 'bank-in': {
      const accountNumber = take(validateAccountNumber(input.accountNumber ?? ''))
      return { kind, holderName, accountNumber, ifsc: readIfsc(input.ifsc ?? '') }
    }
    case 'iban':
      return { kind, holderName, iban: readIban(input.iban ?? ''), bic: readBic(input.bic ?? '') }
    case 'paypal':
      return { kind, holderName, email: readEmail(input.email ?? '') }
    case 'gift-card': {
      const product = readProduct(input.product ?? '')
      return { kind, holderName, product, email: readEmail(input.email ?? '') }
    }
  }
}

const refuseOtherFields = (input: MethodInput): void => {
  const own: readonly string[] = ['kind', 'holderName', ...FIELDS[input.kind]]
  const other = Object.entries<unknown>(input).find(
    ([name, value]) => value !== undefined && !own.includes(name),
  )
  if (!other) return
  const [field] = other
  throw new DomainError('request.unknown-field', 'This kind of method has no such field.', {
    field,
  })
}

const take = ({ refusal, value }: Validated): string => {
  if (value !== null) return value
  throw new DomainError(refusal.code, refusal.message, { field: refusal.field })
}

/** Banks compare and print this name: 2 to 100 characters, with a letter, without control ones. */
const readName = (typed: string): string => {
  const name = typed.normalize('NFC').trim().replaceAll(/\s+/g, ' ')
  if (name.length >= 2 && name.length <= 100 && /\p{L}/u.test(name) && !/[\p{C}<>]/u.test(name)) {
    return name
  }
  return refuse('holderName', 'holder-name', 'Give the name on the account, 2 to 100 characters.')
}

/** Four letters of the bank, a zero, six characters of the branch. Source: RBI, list of IFSC. */
const readIfsc = (typed: string): string => {
  const ifsc = typed.replaceAll(/[\s-]/g, '').toUpperCase()
  if (/^[A-Z]{4}0[A-Z0-9]{6}$/.test(ifsc)) return ifsc
  return refuse('ifsc', 'ifsc', 'An IFSC has four letters, a zero and six letters or digits.')
}

const readIban = (typed: string): string => {
  const iban = electronicFormatIBAN(typed)
  if (iban !== null && isValidIBAN(iban)) return iban
  return refuse('iban', 'iban', 'This IBAN is not valid. Compare it with your bank statement.')
}

const readBic = (typed: string): string | null => {
  const bic = typed.replaceAll(/\s/g, '').toUpperCase()
  if (bic === '') return null
  if (isValidBIC(bic)) return bic
  return refuse('bic', 'bic', 'A BIC has 8 or 11 letters and digits.')
}

const Email = z.email().max(254)

const readEmail = (typed: string): string => {
  const { data } = Email.safeParse(typed.trim().toLowerCase())
  return data ?? refuse('email', 'email', 'Enter an e-mail address, such as asha@example.in.')
}

/** The provider's id of a product; the provider refuses one that it does not sell. */
const readProduct = (typed: string): string => {
  const product = typed.trim()
  if (/^[A-Za-z0-9_-]{1,60}$/.test(product)) return product
  return refuse('product', 'product', 'Give the id of a gift card.')
}

const refuse = (field: string, problem: string, message: string): never => {
  throw new DomainError(`payout-method.malformed-${problem}`, message, { field })
}
