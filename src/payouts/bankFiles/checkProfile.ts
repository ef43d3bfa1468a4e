import { isCurrency } from '../../domain/currency.ts'
import { escapeFormula } from '../../domain/escapeFormula.ts'
import { isTimeZone } from '../../domain/zonedDay.ts'
import { isAccountNumber, isBic, isIban } from './accounts.ts'
import { fillFileName } from './fillFileName.ts'
import {
  type BankProfile,
  bankProfile,
  type ColumnSource,
  type CsvProfile,
  type CsvResult,
  type PainProfile,
} from './profiles.ts'
import { toBankText } from './toBankText.ts'

/**
 * Checks a profile that an admin has edited: its form, and what its fields mean together. Returns
 * true, or the first problem as a sentence.
 *
 * @example checkProfile({ ...BUILT_IN_PROFILES.genericCsv, currency: 'inr' }) // 'currency: …'
 */
export const checkProfile = (given: unknown): string | true => {
  const parsed = bankProfile.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return `${issue?.path.join('.') || 'profile'}: ${issue?.message ?? 'is malformed'}`
  }
  const profile = parsed.data
  const steps =
    profile.format === 'csv'
      ? [checkCommon(profile), checkColumns(profile), checkAccounts(profile), checkModes(profile)]
      : [checkCommon(profile), checkPain(profile)]
  return [...steps, checkResult(profile)].find((problem) => problem !== null) ?? true
}

type Problem = string | null

const checkCommon = ({ currency, fileName, timeZone }: BankProfile): Problem => {
  if (!isCurrency(currency)) return 'currency: it is no code of ISO 4217, such as INR.'
  if (!isTimeZone(timeZone)) return 'timeZone: it is no time zone, such as Asia/Kolkata.'
  if (fillFileName(fileName, { batchKey: 'B', day: '2026-01-31' }) === null) {
    return 'fileName: use letters, digits, dots, dashes, {batch}, {DD}, {MM} and {YYYY}.'
  }
  return null
}

const toKey = (header: string): string => header.toLowerCase().replaceAll(/[\s_-]+/g, '')

/** The key has 34 characters. */
const MIN_KEY_LENGTH = 34

const checkColumns = ({ columns, decimal, separator }: CsvProfile): Problem => {
  if (decimal === separator) return 'separator: it differs from the decimal sign.'
  const seen = new Set<string>()
  for (const { header, maxLength, value } of columns) {
    if (seen.has(toKey(header))) return `columns: the header ${header} is there twice.`
    seen.add(toKey(header))
    if (!isPlainCell(header, separator)) {
      return `columns: the header ${header} begins like a formula, or has a separator, a quote or a line break.`
    }
    if (value.startsWith('fixed:') && !isPlainCell(value.slice('fixed:'.length), separator)) {
      return `columns: the text of ${header} begins like a formula, or has a separator, a quote or a line break.`
    }
    if (value === 'key' && (maxLength ?? MIN_KEY_LENGTH) < MIN_KEY_LENGTH) {
      return `columns: ${header} needs ${MIN_KEY_LENGTH} characters for our reference.`
    }
  }
  return null
}

const isPlainCell = (text: string, separator: string): boolean =>
  !text.includes(separator) && !/["\p{Cc}]/u.test(text) && escapeFormula(text) === text

const NEEDED: Record<string, readonly ColumnSource[]> = {
  'bank-in': ['account-number', 'ifsc'],
  iban: ['account-number'],
  upi: ['vpa'],
}

const checkAccounts = ({ columns, debitAccount, kinds }: CsvProfile): Problem => {
  const values = new Set<string>(columns.map(({ value }) => value))
  for (const source of ['key', 'amount', 'holder-name'] as const) {
    if (!values.has(source)) return `columns: a column of ${source} is missing.`
  }
  for (const kind of kinds) {
    const needed = NEEDED[kind]
    if (!needed) return `kinds: a bank file does not pay ${kind}.`
    const missing = needed.find((source) => !values.has(source))
    if (missing) return `columns: a column of ${missing} is missing, which ${kind} needs.`
  }
  if (debitAccount === '' && !values.has('debit-account')) return null
  return isAccountNumber(debitAccount)
    ? null
    : 'debitAccount: enter the account that pays: 4 to 35 letters and digits.'
}

const checkModes = ({ columns, modes, separator }: CsvProfile): Problem => {
  if (modes === null) {
    const hasMode = columns.some(({ value }) => value === 'mode')
    return hasMode ? 'modes: the column of the mode needs rules.' : null
  }
  if (modes.ownIfscPrefix !== null && !/^[A-Z]{4}$/.test(modes.ownIfscPrefix)) {
    return 'modes: ownIfscPrefix is the first four letters of an IFSC.'
  }
  const word = Object.values(modes.words).find((text) => !isPlainCell(text, separator))
  return word === undefined ? null : `modes: the word ${word} cannot stand in a cell.`
}

const checkPain = ({
  currency,
  debtorBic,
  debtorIban,
  debtorName,
  kinds,
}: PainProfile): Problem => {
  if (currency !== 'EUR') return 'currency: a SEPA file pays euros.'
  if (kinds.some((kind) => kind !== 'iban')) return 'kinds: a SEPA file pays iban alone.'
  if (toBankText(debtorName) === '') return 'debtorName: enter the name of the account that pays.'
  if (!isIban(debtorIban)) return 'debtorIban: enter the IBAN that pays, without spaces.'
  if (debtorBic === null) return null
  if (!isBic(debtorBic)) return 'debtorBic: a BIC has 8 or 11 characters.'
  return debtorBic.slice(4, 6) === debtorIban.slice(0, 2)
    ? null
    : 'debtorBic: it is of another country than debtorIban.'
}

const checkResult = ({ result }: BankProfile): Problem => {
  const meanings = new Map<string, string>()
  for (const [word, status] of Object.entries(result.words)) {
    const key = word.trim().toLowerCase()
    if ((meanings.get(key) ?? status) !== status) return `result.words: ${word} has two meanings.`
    meanings.set(key, status)
  }
  if (![...meanings.values()].includes('settled')) return 'result.words: no word means settled.'
  return result.format === 'csv' ? checkResultColumns(result) : null
}

const checkResultColumns = ({ columns, decimal, hasHeader, separator }: CsvResult): Problem => {
  if (decimal === separator) return 'result.separator: it differs from the decimal sign.'
  if (columns.key === null && (columns.account === null || columns.amount === null)) {
    return 'result.columns: a column of our reference is missing, or those of account and amount.'
  }
  const named = Object.values(columns).filter((column) => column !== null)
  if (named.some((column) => (typeof column === 'string') !== hasHeader)) {
    return hasHeader
      ? 'result.columns: name each column by its header.'
      : 'result.columns: a file without a header names each column by its place, from 1.'
  }
  const keys = named.map((column) => toKey(String(column)))
  return new Set(keys).size === keys.length ? null : 'result.columns: one column is named twice.'
}
