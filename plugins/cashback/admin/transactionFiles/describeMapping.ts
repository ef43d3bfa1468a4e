import { labelOf } from '../../../../src/domain/labels.ts'
import type { CsvMapping } from '../../../../src/cashback/networks/csv/csvMapping.ts'
import { COLUMN_LABELS } from './columnLabels.ts'

const DELIMITERS: Record<string, string> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
}
const ORDERS = { ymd: 'year, month, day', dmy: 'day, month, year', mdy: 'month, day, year' }

/**
 * Describes a mapping as rows: our field, and its column or format in the file.
 *
 * @example describeMapping(mapping)[0] // { ours: 'The network’s id of the transaction', theirs: 'Transaction ID' }
 */
export const describeMapping = (mapping: CsvMapping): { ours: string; theirs: string }[] => [
  ...Object.entries(COLUMN_LABELS).flatMap(([column, ours]) => {
    const theirs = mapping.columns[column as keyof CsvMapping['columns']]
    return theirs === undefined ? [] : [{ ours, theirs }]
  }),
  ...describeStatuses(mapping),
  ...(mapping.currency ? [{ ours: 'Currency, if a line has none', theirs: mapping.currency }] : []),
  {
    ours: 'Delimiter and decimal sign',
    theirs: `${DELIMITERS[mapping.delimiter] ?? mapping.delimiter}, ${mapping.decimalSign === '.' ? 'point' : 'comma'}`,
  },
  {
    ours: 'Dates',
    theirs: `${ORDERS[mapping.dateOrder]}, ${mapping.timeZone ?? `UTC${mapping.utcOffset}`}`,
  },
]

/** The network's statuses for each of ours. A status that is not mapped is unknown. */
const describeStatuses = ({ statuses }: CsvMapping) =>
  [...new Set(Object.values(statuses))].map((status) => ({
    ours: `${labelOf(status)} is called`,
    theirs: Object.entries(statuses)
      .filter(([, ours]) => ours === status)
      .map(([rawStatus]) => rawStatus)
      .join(', '),
  }))
