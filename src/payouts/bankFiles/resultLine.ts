import { DomainError } from '../../domain/errors.ts'
import type { BankProfile, RESULT_WORDS } from './profiles.ts'

/** What the bank states of a payment: `unknown` for a word that the profile does not map. */
export type ResultStatus = (typeof RESULT_WORDS)[number] | 'unknown'

/** A line of a bank's answer. `account` is secret: it is compared, and is not stored or logged. */
export type ResultLine = {
  /** Its line in the file, or the number of its transaction in an XML file, from 1. */
  line: number
  /** Our reference; null if the bank does not return it. */
  key: string | null
  /** The bank's reference of the transfer, such as a UTR. */
  bankReference: string | null
  account: string | null
  /** The end of the account; null if the bank hides it. */
  accountLast4: string | null
  ifsc: string | null
  /** Minor units of the profile's currency; null if the file has no amounts. */
  amountMinor: number | null
  status: ResultStatus
  /** The bank's word for the status, as it stands in the file. */
  word: string
  /** The bank's reason, with long numbers hidden, at most 200 characters. */
  reason: string | null
  /** A day in ISO form. */
  date: string | null
  /** True if another line of the file has the same key and differs in status, reference or amount. */
  isContradictory: boolean
}

/** A line that cannot be used. The message names the column, and has no value of a cell. */
export type LineRefusal = { line: number; code: string; message: string }

/** An answer for a whole batch, which has no line for each payment. */
export type BatchResult = {
  /** The id of the batch that was sent. */
  batchKey: string | null
  status: ResultStatus
  word: string
  reason: string | null
}

export type ReadLine = Omit<ResultLine, 'isContradictory'>
/** What the reader of one form has read, in the order of the file. */
export type ReadLines = {
  lines: ReadLine[]
  /** With the key of the line, if that could be read. */
  refused: (LineRefusal & { key: string | null })[]
  batch: BatchResult | null
}

/** What a bank's answer may have at most. */
export const RESULT_LIMITS = { bytes: 5 * 1024 * 1024, lines: 20_000 } as const

export const tooManyLines = () =>
  new DomainError(
    'payout-file.too-many-lines',
    `The file has more than ${RESULT_LIMITS.lines} lines. Split it.`,
  )

export const unreadable = (message: string) => new DomainError('payout-file.unreadable', message)

/** Maps the bank's word by the profile, whatever its case and spaces. */
export const createWordReader = ({ result }: BankProfile): ((word: string) => ResultStatus) => {
  const statuses = new Map(Object.entries(result.words).map(([word, is]) => [toWordKey(word), is]))
  return (word) => statuses.get(toWordKey(word)) ?? 'unknown'
}

const toWordKey = (word: string): string => word.trim().toLowerCase().replaceAll(/\s+/g, ' ')

const MAX_REASON = 200

/** Hides numbers that may be accounts in a bank's reason, but for their last four digits. */
export const toReason = (text: string | null): string | null =>
  text === null ? null : text.replaceAll(LONG_NUMBER, hideNumber).slice(0, MAX_REASON)

/** Nine digits or more, also in groups: a date has eight. */
const LONG_NUMBER = /\d(?:[ -]?\d){8,}/g
const hideNumber = (number: string): string => `…${number.replaceAll(/\D/g, '').slice(-4)}`

/** The last four characters of an account; null if they are hidden, or if it is a UPI address. */
export const toLast4 = (account: string | null): string | null =>
  (account !== null && !account.includes('@') && /[A-Z0-9]{4}$/.exec(account)?.[0]) || null
