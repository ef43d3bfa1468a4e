import type { TransactionStatus } from '../../../domain/cashback/transaction.ts'
import { DomainError } from '../../../domain/errors.ts'
import { checkLine } from '../../../files/checkLine.ts'
import { type FileFindings, isRoundedId } from '../../../files/fileConventions.ts'
import { compareHeader } from '../../../files/findColumns.ts'
import { isTotal } from '../../../files/isTotal.ts'
import { parseAmount } from '../../../files/parseAmount.ts'
import { parseTime } from '../../../files/parseTime.ts'
import { readCell, readId } from '../../../files/readCell.ts'
import { readCurrency } from '../../../files/readCurrency.ts'
import { generateId } from '../parts/ids.ts'
import type { TransactionRow } from '../types.ts'
import type { CsvMapping } from './csvMapping.ts'

export type Field = keyof CsvMapping['columns']

/** How the lines of a file are read. */
export type LineReading = {
  mapping: CsvMapping
  /** The places of the mapped columns, by their names in the mapping. */
  places: Map<string, number>
  /** The number of columns of the header. */
  columns: number
  delimiter: string
  findings: FileFindings
}

/**
 * Reads a line of a file by the mapping. An optional cell that is filled must be readable as well:
 * taken for empty, an old status could replace a newer one.
 *
 * @throws DomainError `row.header`, `row.total` it repeats the header, or sums other lines
 * @throws DomainError `row.malformed`, `row.extra-cells`, `row.open-quote`
 * @throws DomainError `money.*`, `time.*`, `id.*` a cell cannot be read; `field` names its column
 */
export const readLine = (
  cells: readonly string[],
  reading: LineReading,
): Omit<TransactionRow, 'raw'> => {
  const { mapping } = reading
  checkKind(cells, reading)
  checkLine(cells, reading)
  const { id, required, text, within } = openCells(cells, reading)
  const currency = readCellCurrency(text('currency'), mapping, within)
  const { amounts: isMixedAmounts, dates: isMixedDates } = reading.findings
  const amount = (field: Field, given: string | null) =>
    within(field, () =>
      given === null ? null : parseAmount(given, { ...mapping, currency, isMixed: isMixedAmounts }),
    )
  const time = (field: Field, given: string | null) =>
    within(field, () =>
      given === null ? null : parseTime(given, { ...mapping, isMixed: isMixedDates }),
    )
  const status = required('status')
  const orderId = id('orderId')
  const [subId, programId] = [id('clickId'), id('merchantId')]
  const eventAt = time('eventAt', required('eventAt')) ?? ''
  const externalId = id('externalId')
  const commissionMinor = amount('commission', required('commission')) ?? 0
  // Without an id, a reversal must not take the place of the order that it reverses.
  const more = commissionMinor < 0 ? 'reversal' : null
  return {
    externalId: externalId ?? generateId({ programId, subId, orderId, eventAt, more }),
    isIdGenerated: externalId === null,
    orderId,
    subId,
    programId,
    programName: text('merchantName'),
    status: mapStatus(mapping, status),
    rawStatus: status,
    saleMinor: amount('sale', text('sale')),
    commissionMinor,
    currency,
    eventAt,
    clickedAt: time('clickedAt', text('clickedAt')),
    changedAt: time('changedAt', text('changedAt')),
    reversalOf: id('reversalOf'),
    comment: text('comment'),
  }
}

/** Refuses the lines of a file that are no transactions. */
const checkKind = (cells: readonly string[], { mapping, places }: LineReading): void => {
  if (compareHeader(cells, places) !== null) {
    throw new DomainError('row.header', 'It repeats the header.')
  }
  const { externalId, orderId } = mapping.columns
  const ids = [externalId, orderId].map((column) => {
    const place = column === undefined ? undefined : places.get(column)
    return place === undefined ? null : readCell(cells[place])
  })
  // A merchant may be called so; a line with an id or an order is no total for that.
  const isNamed = ids.some((id) => id !== null)
  if (isTotal({ cells: isNamed ? ids : cells.map(readCell), ids })) {
    throw new DomainError('row.total', 'It is a total of other lines.')
  }
}

type Within = <Value>(field: Field, read: () => Value) => Value

/** Opens the cells of a line by the fields of the mapping; what is thrown names the column. */
const openCells = (cells: readonly string[], { findings, mapping, places }: LineReading) => {
  const { columns } = mapping
  const cellOf = (field: Field): string | undefined => {
    const column = columns[field]
    const place = column === undefined ? undefined : places.get(column)
    return place === undefined ? undefined : cells[place]
  }
  const within: Within = (field, read) => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      const column = columns[field] ?? field
      throw new DomainError(error.code, `${column}: ${error.message}`, { field: column })
    }
  }
  const text = (field: Field) => readCell(cellOf(field))
  const id = (field: Field) =>
    within(field, () => {
      const found = readId(cellOf(field))
      if (found === null || !findings.ids || !isRoundedId(found)) return found
      const message = `all long ids of the file end in zeros, as a spreadsheet rounds them: export the column as text.`
      throw new DomainError('id.changed', message)
    })
  const required = (field: Field) =>
    within(field, () => {
      const found = text(field)
      if (found !== null) return found
      throw new DomainError('row.malformed', 'is missing.')
    })
  return { id, required, text, within }
}

const readCellCurrency = (given: string | null, { currency }: CsvMapping, within: Within): string =>
  within('currency', () => readCurrency(given ?? currency ?? '', currency))

const mapStatus = ({ statuses }: CsvMapping, rawStatus: string): TransactionStatus =>
  Object.entries(statuses).find(
    ([name]) => name.trim().toLowerCase() === rawStatus.toLowerCase(),
  )?.[1] ?? 'unknown'
