import { escapeFormula } from '../../domain/escapeFormula.ts'
import { toDecimal } from '../../domain/money.ts'
import type { PayoutOrder } from '../drivers/types.ts'
import type { BankColumn, ColumnSource, CsvProfile, DateForm, TransferMode } from './profiles.ts'
import { toBankText } from './toBankText.ts'

export type FileFacts = {
  profile: CsvProfile
  batchKey: string
  /** The day of payment in the bank's time zone, in ISO form. */
  day: string
}

/**
 * Writes the cells of one order. Names and narrations are written with what banks take; account
 * numbers, IFSCs and references are written as they are. What a spreadsheet would execute gets an
 * apostrophe in front. The order has passed `checkOrder`.
 */
export const toBankCells = (order: PayoutOrder, facts: FileFacts): string[] =>
  facts.profile.columns.map((column) => {
    const text = readSource(column, order, facts)
    return EXACT.has(column.value) ? text : escapeFormula(text)
  })

/** Letters and digits alone, by `checkOrder`: nothing that a spreadsheet would execute. */
const EXACT: ReadonlySet<string> = new Set<ColumnSource>([
  'account-number',
  'bic',
  'ifsc',
  'key',
  'vpa',
])

const readSource = (
  { maxLength, value }: BankColumn,
  order: PayoutOrder,
  { batchKey, day, profile }: FileFacts,
): string => {
  if (value.startsWith('fixed:')) return value.slice('fixed:'.length)
  const { account, recipient } = order
  const whole = (text: string): string => (text.length > (maxLength ?? Infinity) ? '' : text)
  const texts: Record<ColumnSource, () => string> = {
    'account-number': () =>
      account.kind === 'bank-in'
        ? account.accountNumber
        : account.kind === 'iban'
          ? account.iban
          : '',
    amount: () => toDecimal(order.amountMinor, order.currency).replace('.', profile.decimal),
    'batch-key': () => batchKey,
    bic: () => (account.kind === 'iban' ? (account.bic ?? '') : ''),
    currency: () => order.currency,
    date: () => writeDay(day, profile.dateForm),
    'debit-account': () => profile.debitAccount,
    email: () => whole(isPlainEmail(recipient.email) ? recipient.email : ''),
    empty: () => '',
    'holder-name': () => toBankText(account.holderName, maxLength),
    ifsc: () => (account.kind === 'bank-in' ? account.ifsc : ''),
    key: () => order.key,
    mode: () => writeMode(order, profile),
    narration: () => toBankText(order.narration, maxLength),
    phone: () => whole((recipient.phone ?? '').replaceAll(/\D/g, '')),
    vpa: () => (account.kind === 'upi' ? account.vpa : ''),
  }
  return texts[value as ColumnSource]()
}

/** An address that banks take; any other one is left out, because it is for their notice alone. */
const isPlainEmail = (text: string): boolean => /^[A-Za-z0-9._+=-]+@[A-Za-z0-9.-]+$/.test(text)

const writeDay = (day: string, form: DateForm): string => {
  const [year = '', month = '', date = ''] = day.split('-')
  return form.replace('YYYY', year).replace('MM', month).replace('DD', date)
}

const writeMode = (order: PayoutOrder, { modes }: CsvProfile): string => {
  const mode = modes && chooseMode(order, modes)
  return mode ? modes.words[mode] : ''
}

const chooseMode = (
  { account, amountMinor }: PayoutOrder,
  { impsUpToMinor, ownIfscPrefix, rtgsAboveMinor }: NonNullable<CsvProfile['modes']>,
): TransferMode | null => {
  if (account.kind === 'upi') return 'UPI'
  if (account.kind !== 'bank-in') return null
  if (ownIfscPrefix !== null && account.ifsc.startsWith(ownIfscPrefix)) return 'FT'
  if (rtgsAboveMinor !== null && amountMinor > rtgsAboveMinor) return 'RTGS'
  return impsUpToMinor !== null && amountMinor <= impsUpToMinor ? 'IMPS' : 'NEFT'
}
