import { DomainError } from '../../domain/errors.ts'
import {
  describeHeader,
  findColumns,
  type FoundColumns,
  MAX_PREAMBLE,
} from '../../files/findColumns.ts'
import { readCell } from '../../files/readCell.ts'
import type { StatementMapping } from '../networks/statementMapping.ts'
import type { CsvRecord } from '../../files/csvFile.ts'

/** A column of a statement: its place and its name in the file. */
export type StatementColumn = { at: number; name: string }
export type StatementColumns = {
  id: StatementColumn | null
  order: StatementColumn | null
  amount: StatementColumn
  currency: StatementColumn | null
}

/**
 * Finds the header within the first lines; a title may stand above it. Without one, says what the
 * first line lacks.
 *
 * @throws DomainError `csv.missing-column`, `csv.duplicate-column`, `csv.empty`
 */
export const findHeaderRecord = (
  records: CsvRecord[],
  mapping: StatementMapping,
): { at: number; columns: StatementColumns } => {
  let first: DomainError | null = null
  for (const [at, { cells }] of records.slice(0, MAX_PREAMBLE).entries()) {
    try {
      return { at, columns: findStatementColumns(cells, mapping) }
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'csv.duplicate-column') throw error
      first ??= error
    }
  }
  throw first ?? new DomainError('csv.empty', 'The file is empty.')
}

/** Finds the columns in a line that may be the header; null if it is not. */
export const tryFindStatementColumns = (
  cells: string[],
  mapping: StatementMapping,
): StatementColumns | null => {
  try {
    return findStatementColumns(cells, mapping)
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

/**
 * The usual column names, the surest first, in lower case and with letters only. Source: networks'
 * documents and exports. The mapping names other columns.
 */
const USUAL_NAMES = {
  id: ['transactionid', 'actionid', 'conversionid', 'saleid', 'commissionid', 'txnid', 'id'],
  order: ['orderid', 'ordernumber', 'orderref', 'orderreference', 'order'],
  amount: [
    'paymentamount',
    'paidamount',
    'payoutamount',
    'commissionamount',
    'approvedpayout',
    'payout',
    'commission',
    'payment',
    'paid',
    'amount',
  ],
  currency: ['currency', 'currencycode'],
} as const

/**
 * Finds the columns that the mapping names, and guesses the others by their usual names.
 *
 * @throws DomainError `csv.missing-column` a named column is missing, or no column for the id and
 *   the order, or for the amount, was found
 * @throws DomainError `csv.duplicate-column` a column is there twice
 */
const findStatementColumns = (header: string[], mapping: StatementMapping): StatementColumns => {
  const names = header.map((name) => readCell(name) ?? '')
  const plain = names.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ''))
  const find = (named: string | undefined, usual: readonly string[]): StatementColumn | null => {
    const guessed = usual.map((name) => plain.indexOf(name)).find((at) => at >= 0)
    const name = named ?? (guessed === undefined ? undefined : names[guessed])
    if (name === undefined) return null
    const found = findColumns(header, [name])
    if (found.result !== 'found') throw unusable(found)
    return { at: found.places.get(name) ?? 0, name }
  }
  const id = find(mapping.idColumn, USUAL_NAMES.id)
  const order = find(mapping.orderColumn, USUAL_NAMES.order)
  const amount = find(mapping.amountColumn, USUAL_NAMES.amount)
  if (id === null && order === null) {
    throw missingColumn(
      'no column looks like a transaction id or an order; name it as idColumn or orderColumn',
    )
  }
  if (amount === null)
    throw missingColumn('no column looks like the amount; name it as amountColumn')
  return { id, order, amount, currency: find(mapping.currencyColumn, USUAL_NAMES.currency) }
}

const unusable = (found: Exclude<FoundColumns, { result: 'found' }>): DomainError =>
  found.result === 'missing'
    ? missingColumn(describeHeader(found))
    : new DomainError('csv.duplicate-column', `Line 1: ${describeHeader(found)}.`)

const missingColumn = (problem: string) =>
  new DomainError('csv.missing-column', `Line 1: ${problem}.`)
