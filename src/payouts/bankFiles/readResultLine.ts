import { DomainError } from '../../domain/errors.ts'
import type { CsvRecord } from '../../files/csvFile.ts'
import { parseAmount } from '../../files/parseAmount.ts'
import { parseTime } from '../../files/parseTime.ts'
import { readCell, readId } from '../../files/readCell.ts'
import type { BankProfile, CsvResult, DateForm } from './profiles.ts'
import { type ReadLine, type ResultStatus, toLast4, toReason } from './resultLine.ts'

type Field = keyof CsvResult['columns']
export type CellReading = {
  profile: BankProfile
  result: CsvResult
  places: ReadonlyMap<Field, number>
  readWord: (word: string) => ResultStatus
}

/**
 * Reads one payment of a bank's answer. Messages name the column, and have no value of a cell.
 *
 * @throws DomainError `payout-file.no-key`, `payout-file.key-changed`,
 *   `payout-file.account-changed`, `payout-file.reference-changed`, `payout-file.account`,
 *   `payout-file.amount`, `payout-file.currency`, `payout-file.date`
 */
export const readResultLine = (record: CsvRecord, reading: CellReading): ReadLine => {
  const cellOf = (field: Field): string | null => cellAt(record, reading, field)
  const key = readIdCell(record, reading, 'key')
  const account = readAccount(record, reading)
  if (key === null && account === null) {
    throw new DomainError('payout-file.no-key', 'It names neither our reference nor an account.')
  }
  const word = (cellOf('status') ?? '').slice(0, MAX_WORD)
  return {
    line: record.line,
    key,
    bankReference: readIdCell(record, reading, 'bankReference'),
    account,
    accountLast4: toLast4(account),
    ifsc: cellOf('ifsc')?.toUpperCase().slice(0, MAX_IFSC) ?? null,
    amountMinor: readAmount(record, reading),
    status: reading.readWord(word),
    word,
    reason: toReason(cellOf('reason')),
    date: readDay(cellOf('date'), reading),
  }
}

const MAX_WORD = 100
const MAX_IFSC = 11

const cellAt = ({ cells }: CsvRecord, { places }: CellReading, field: Field): string | null => {
  const place = places.get(field)
  return place === undefined ? null : readCell(cells[place])
}

const CHANGED = {
  key: 'payout-file.key-changed',
  account: 'payout-file.account-changed',
  bankReference: 'payout-file.reference-changed',
} as const

/**
 * Reads the cell of a reference or an account as text.
 *
 * @throws DomainError `payout-file.key-changed`, `payout-file.account-changed`,
 *   `payout-file.reference-changed` a spreadsheet has replaced it by a number such as 1.23E+11
 */
export const readIdCell = (
  record: CsvRecord,
  reading: CellReading,
  field: keyof typeof CHANGED,
): string | null => {
  const place = reading.places.get(field)
  if (place === undefined) return null
  let id: string | null
  try {
    id = readId(record.cells[place])
  } catch {
    throw changed(reading, field)
  }
  // As programs write a number that they took for a fraction.
  if (id !== null && (/^\d+\.0+$/.test(id) || /^\d+(?:[.,]\d+)?E\+\d+$/i.test(id))) {
    throw changed(reading, field)
  }
  return id
}

const changed = ({ result }: CellReading, field: keyof typeof CHANGED) =>
  new DomainError(
    CHANGED[field],
    `A spreadsheet has changed the text of ${nameOf(result, field)}, as into 1.23E+11. Take the file from the bank again, and keep the column as text.`,
  )

const nameOf = ({ columns }: CsvResult, field: Field): string => {
  const column = columns[field]
  return typeof column === 'number' ? `column ${column}` : (column ?? field)
}

/** An account without spaces and dashes; a UPI address as it is. Banks hide digits by `*` or `X`. */
const readAccount = (record: CsvRecord, reading: CellReading): string | null => {
  const text = readIdCell(record, reading, 'account')
  if (text === null) return null
  const account = text.includes('@') ? text : text.replaceAll(/[\s-]/g, '').toUpperCase()
  if (/^(?:[A-Z0-9*]{4,40}|[\w.-]{2,255}@\w{2,64})$/.test(account)) return account
  const message = `${nameOf(reading.result, 'account')} has no account in it.`
  throw new DomainError('payout-file.account', message)
}

const readAmount = (record: CsvRecord, reading: CellReading): number | null => {
  const { places, profile, result } = reading
  if (!places.has('amount')) return null
  const { currency } = profile
  const name = nameOf(result, 'amount')
  let amountMinor = 0
  try {
    const text = cellAt(record, reading, 'amount') ?? ''
    amountMinor = parseAmount(text, { currency, decimalSign: result.decimal, isExact: true })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw error.code === 'money.other-currency'
      ? new DomainError('payout-file.currency', `${name} is not in ${currency}.`)
      : new DomainError('payout-file.amount', `${name} has no exact amount in ${currency}.`)
  }
  if (amountMinor > 0) return amountMinor
  throw new DomainError('payout-file.amount', `${name} is not above zero.`)
}

const readDay = (text: string | null, { result }: CellReading): string | null => {
  if (text === null) return null
  try {
    return parseDay(text, result.dateForm)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const message = `${nameOf(result, 'date')} is not a date in the form ${result.dateForm}.`
    throw new DomainError('payout-file.date', message)
  }
}

/** The day as it is written: a time of day and its zone do not move it. */
const parseDay = (text: string, form: DateForm): string => {
  const plain = text.replace(/^(\d{4})(\d{2})(\d{2})(?!\d)/, '$1-$2-$3')
  const [day = ''] = plain.split(/[T ](?=\d{1,2}:)/i, 1)
  const dateOrder = form.startsWith('DD') ? 'dmy' : 'ymd'
  return parseTime(day, { dateOrder, utcOffset: '+00:00' }).slice(0, 10)
}
