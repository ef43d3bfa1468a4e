import { isCurrency } from '../../domain/currency.ts'
import { isPositiveMinor, toDecimal } from '../../domain/money.ts'
import type { PayoutAccount, PayoutOrder } from '../drivers/types.ts'
import { isAccountNumber, isBic, isIban, isIfsc, isVpa } from './accounts.ts'
import type { BankProfile, CsvProfile } from './profiles.ts'
import { toBankText } from './toBankText.ts'

export type OrderRefusal = { code: string; message: string }

/** The largest amount of one SEPA credit transfer, in cents. */
const MAX_SEPA_MINOR = 99_999_999_999

/**
 * Returns why an order cannot stand in a file of this profile, or null. The message has no account
 * data. Ask it before a batch is made: `writeBankFile` throws for such an order. Codes:
 * `payout-file.kind`, `payout-file.currency`, `payout-file.amount`, `payout-file.key`,
 * `payout-file.account`, `payout-file.name`, `payout-file.too-long`.
 */
export const checkOrder = (profile: BankProfile, order: PayoutOrder): OrderRefusal | null => {
  const { account, amountMinor, currency, key } = order
  if (!profile.kinds.includes(account.kind)) {
    return refuse('kind', `The file of ${profile.name} does not pay ${account.kind}.`)
  }
  if (currency !== profile.currency || !isCurrency(currency)) {
    return refuse('currency', `The file of ${profile.name} pays ${profile.currency} alone.`)
  }
  const isTooMuch = profile.format === 'pain.001' && amountMinor > MAX_SEPA_MINOR
  if (!isPositiveMinor(amountMinor) || isTooMuch) {
    return refuse('amount', 'The amount is not one that the file can pay.')
  }
  if (!/^[A-Za-z0-9]{1,35}$/.test(key)) {
    return refuse('key', 'Our reference has 1 to 35 letters and digits.')
  }
  const problem = findAccountProblem(account)
  if (problem) return refuse('account', problem)
  if (toBankText(account.holderName) === '') {
    return refuse('name', 'The bank needs the name of the account holder in Latin letters.')
  }
  return profile.format === 'csv' ? checkLengths(profile, order) : null
}

const refuse = (problem: string, message: string): OrderRefusal => ({
  code: `payout-file.${problem}`,
  message,
})

const findAccountProblem = (account: PayoutAccount): string | null => {
  if (account.kind === 'bank-in') {
    if (!isAccountNumber(account.accountNumber)) return 'The account number is malformed.'
    return isIfsc(account.ifsc) ? null : 'The IFSC is malformed.'
  }
  if (account.kind === 'upi') return isVpa(account.vpa) ? null : 'The UPI address is malformed.'
  if (account.kind !== 'iban') return 'A bank file cannot pay it.'
  if (!isIban(account.iban)) return 'The IBAN is malformed.'
  if (account.bic === null) return null
  if (!isBic(account.bic)) return 'The BIC is malformed.'
  return isSameCountry(account.bic, account.iban) ? null : 'BIC and IBAN are of two countries.'
}

/** Territories with BICs of their own and IBANs of their state. Source: the package `sepa`. */
const TERRITORIES: Record<string, string> = {
  FI: 'AX',
  FR: 'GF GP MQ RE PF TF YT NC BL MF PM WF',
  GB: 'IM JE GG',
}

const isSameCountry = (bic: string, iban: string): boolean => {
  const [ofBic, ofIban] = [bic.slice(4, 6), iban.slice(0, 2)]
  return ofBic === ofIban || (TERRITORIES[ofIban] ?? '').split(' ').includes(ofBic)
}

/** What would point to another payment if it were cut. */
const checkLengths = (
  { columns }: CsvProfile,
  { account, amountMinor, currency, key }: PayoutOrder,
) => {
  const texts: Partial<Record<string, string>> = {
    key,
    amount: toDecimal(amountMinor, currency),
    'account-number':
      account.kind === 'bank-in'
        ? account.accountNumber
        : account.kind === 'iban'
          ? account.iban
          : '',
    vpa: account.kind === 'upi' ? account.vpa : '',
  }
  const long = columns.find(
    ({ maxLength, value }) => (texts[value]?.length ?? 0) > (maxLength ?? Number.POSITIVE_INFINITY),
  )
  return long ? refuse('too-long', `${long.header} is longer than its column.`) : null
}
