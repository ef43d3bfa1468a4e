import type { PayoutAccount } from '../drivers/types.ts'
import { toAccountKey } from './accountKey.ts'

const bank = (accountNumber: string, ifsc = 'HDFC0001234', holderName = 'Asha'): PayoutAccount => ({
  kind: 'bank-in',
  accountNumber,
  ifsc,
  holderName,
})
const upi = (vpa: string): PayoutAccount => ({ kind: 'upi', vpa, holderName: 'Asha' })
const iban = (text: string, bic: string | null = null): PayoutAccount => ({
  kind: 'iban',
  iban: text,
  bic,
  holderName: 'Asha',
})
const card = (product: string, email: string): PayoutAccount => ({
  kind: 'gift-card',
  product,
  email,
  holderName: 'Asha',
})

it.each([
  ['spaces and hyphens', bank('5010 0012-3412'), bank('501000123412')],
  ['zeros in front', bank('00501000123412'), bank('501000123412')],
  ['another branch of the bank', bank('501000123412'), bank('501000123412', 'HDFC0009999')],
  ['another name', bank('501000123412'), bank('501000123412', 'HDFC0001234', 'Ravi')],
  ['case of a UPI ID', upi('Asha.Rao@OKHDFC'), upi('asha.rao@okhdfc')],
  ['an IBAN in groups', iban('DE89 3704 0044 0532 0130 00'), iban('de89370400440532013000')],
  [
    'a BIC that is known',
    iban('DE89370400440532013000', 'DEUTDEFF'),
    iban('DE89370400440532013000'),
  ],
  ['case of an address', card('A', 'Asha@Mail.test'), card('A', 'asha@mail.test')],
])('one account is recognised despite %s', (_case, one, other) => {
  expect(toAccountKey(one)).toBe(toAccountKey(other))
})

it.each([
  ['numbers', bank('501000123412'), bank('501000123413')],
  ['banks', bank('501000123412'), bank('501000123412', 'ICIC0001234')],
  ['UPI IDs that differ in a hyphen', upi('asha-rao@okhdfc'), upi('asharao@okhdfc')],
  ['products', card('A', 'asha@mail.test'), card('B', 'asha@mail.test')],
  [
    'kinds',
    card('A', 'asha@mail.test'),
    { kind: 'paypal', email: 'asha@mail.test', holderName: 'Asha' } as const,
  ],
])('accounts with different %s stay apart', (_case, one, other) => {
  expect(toAccountKey(one)).not.toBe(toAccountKey(other))
})
