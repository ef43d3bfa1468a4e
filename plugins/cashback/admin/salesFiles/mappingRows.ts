import { labelOf } from '../../../../src/domain/labels.ts'
import type { CsvMapping } from '../../../../src/cashback/networks/csv/csvMapping.ts'
import { columnWords } from './columnWords.ts'

const DELIMITERS: Record<string, string> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
}
const ORDERS = { ymd: 'year, month, day', dmy: 'day, month, year', mdy: 'month, day, year' }

/**
 * A mapping in words: what we look for, and where or how a file has it.
 *
 * @example mappingRows(mapping)[0] // { ours: 'The network’s id of the sale', theirs: 'Transaction ID' }
 */
export const mappingRows = (mapping: CsvMapping): { ours: string; theirs: string }[] => [
  ...Object.entries(columnWords).flatMap(([column, ours]) => {
    const theirs = mapping.columns[column as keyof CsvMapping['columns']]
    return theirs === undefined ? [] : [{ ours, theirs }]
  }),
  ...stateRows(mapping),
  ...(mapping.currency ? [{ ours: 'Currency, where none is told', theirs: mapping.currency }] : []),
  {
    ours: 'Between cells, and before decimals',
    theirs: `${DELIMITERS[mapping.delimiter] ?? mapping.delimiter}, ${mapping.decimalSign === '.' ? 'point' : 'comma'}`,
  },
  { ours: 'Days', theirs: `${ORDERS[mapping.dateOrder]}, UTC${mapping.utcOffset}` },
]

/** Their words for each state of ours; a word that is not here is unknown, and moves no money. */
const stateRows = ({ statuses }: CsvMapping) =>
  [...new Set(Object.values(statuses))].map((status) => ({
    ours: `${labelOf(status)} is called`,
    theirs: Object.entries(statuses)
      .filter(([, ours]) => ours === status)
      .map(([word]) => word)
      .join(', '),
  }))
