import { z } from 'zod'

import { METHOD_KINDS } from '../../domain/payouts/methodKinds.ts'

/** What a column of a bank file can hold, beside a fixed text. */
export const COLUMN_SOURCES = [
  'account-number',
  'amount',
  'batch-key',
  'bic',
  'currency',
  'date',
  'debit-account',
  'email',
  'empty',
  'holder-name',
  'ifsc',
  'key',
  'mode',
  'narration',
  'phone',
  'vpa',
] as const
export type ColumnSource = (typeof COLUMN_SOURCES)[number]

/** A source, or `fixed:` with the text that each row has. */
const columnValue = z.union([
  z.enum(COLUMN_SOURCES),
  z.templateLiteral(['fixed:', z.string().max(100)]),
])

const bankColumn = z.strictObject({
  header: z.string().min(1).max(100),
  value: columnValue,
  /** Names and narrations are cut to it. A longer account, key or amount is refused. */
  maxLength: z.int().min(1).max(140).optional(),
})
export type BankColumn = z.output<typeof bankColumn>

/** How a bank in India transfers: within the bank, at once, in batches, large amounts, UPI. */
export type TransferMode = 'FT' | 'IMPS' | 'NEFT' | 'RTGS' | 'UPI'

const transferModes = z.strictObject({
  /** The first four letters of the IFSC of our bank: accounts there are paid by FT. */
  ownIfscPrefix: z.string().nullable(),
  /** Larger amounts go by RTGS. Minor units; null if the bank file has no RTGS. */
  rtgsAboveMinor: z.int().min(0).nullable(),
  /** Amounts up to it go by IMPS, all others by NEFT. Minor units; null for NEFT alone. */
  impsUpToMinor: z.int().min(0).nullable(),
  /** The bank's word for each mode. */
  words: z.strictObject({
    FT: z.string(),
    IMPS: z.string(),
    NEFT: z.string(),
    RTGS: z.string(),
    UPI: z.string(),
  }),
})

export const SEPARATORS = [',', ';', '|', '\t'] as const
export const DATE_FORMS = ['DD-MM-YYYY', 'DD/MM/YYYY', 'YYYY-MM-DD', 'YYYYMMDD'] as const
export type DateForm = (typeof DATE_FORMS)[number]

/** What a line of a bank's answer means. An unmapped word is in doubt. */
export const RESULT_WORDS = ['failed', 'pending', 'returned', 'settled'] as const
const words = z.record(z.string().min(1).max(100), z.enum(RESULT_WORDS))

/** The header of a column, or its place from 1 in a file without a header. */
const resultColumn = z.union([z.string().min(1).max(100), z.int().min(1).max(200)])

const csvResult = z.strictObject({
  format: z.literal('csv'),
  hasHeader: z.boolean(),
  separator: z.enum(SEPARATORS),
  decimal: z.enum(['.', ',']),
  dateForm: z.enum(DATE_FORMS),
  /** Every column that is set has to be in the file. */
  columns: z.strictObject({
    key: resultColumn.nullable(),
    status: resultColumn,
    bankReference: resultColumn.nullable(),
    account: resultColumn.nullable(),
    ifsc: resultColumn.nullable(),
    amount: resultColumn.nullable(),
    reason: resultColumn.nullable(),
    date: resultColumn.nullable(),
  }),
  words,
})
export type CsvResult = z.output<typeof csvResult>

const painResult = z.strictObject({ format: z.literal('pain.002'), words })

const common = {
  name: z.string().min(1).max(60),
  currency: z.string(),
  kinds: z.array(z.enum(METHOD_KINDS)).min(1),
  /** The zone in which the bank reads a date. */
  timeZone: z.string(),
  /** With `{batch}`, `{DD}`, `{MM}` and `{YYYY}`, such as `CLIENT{DD}{MM}.001`. */
  fileName: z.string().min(1).max(100),
  /** Rows that the bank takes in one file. */
  maxRows: z.int().min(1).max(50_000),
  /** How the bank answers. */
  result: z.discriminatedUnion('format', [csvResult, painResult]),
}

const csvProfile = z.strictObject({
  ...common,
  format: z.literal('csv'),
  columns: z.array(bankColumn).min(1).max(100),
  separator: z.enum(SEPARATORS),
  hasHeader: z.boolean(),
  dateForm: z.enum(DATE_FORMS),
  decimal: z.enum(['.', ',']),
  lineEnd: z.enum(['\n', '\r\n']),
  modes: transferModes.nullable(),
  /** The account from which the bank pays. */
  debitAccount: z.string(),
})
export type CsvProfile = z.output<typeof csvProfile>

const painProfile = z.strictObject({
  ...common,
  format: z.literal('pain.001'),
  debtorName: z.string(),
  debtorIban: z.string(),
  debtorBic: z.string().nullable(),
})
export type PainProfile = z.output<typeof painProfile>

/**
 * The form of a bank's files, out and back. Plain data, so that an admin can edit it;
 * `checkProfile` also checks what its fields mean together.
 */
export const bankProfile = z.discriminatedUnion('format', [csvProfile, painProfile])
export type BankProfile = z.output<typeof bankProfile>
