import type { CsvMapping } from '../../../../src/cashback/networks/csv/csvMapping.ts'

type Column = keyof CsvMapping['columns']

/** What each column of a mapping holds, in the order in which people look for it. */
export const columnWords: Record<Column, string> = {
  externalId: 'The network’s id of the sale',
  orderId: 'The shop’s order',
  clickId: 'Our click, as its link carried it',
  merchantId: 'The network’s id of the shop',
  merchantName: 'The shop',
  status: 'State',
  sale: 'What was bought for',
  commission: 'Our commission',
  currency: 'Currency',
  eventAt: 'When it was sold',
  clickedAt: 'When it was clicked',
  changedAt: 'When it last changed',
  reversalOf: 'The order that it takes back',
  comment: 'Remark',
}

/** Those without which no line can be read. */
export const NEEDED_COLUMNS: readonly Column[] = ['status', 'commission', 'eventAt']
