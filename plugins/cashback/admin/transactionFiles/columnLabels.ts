import type { CsvMapping } from '../../../../src/cashback/networks/csv/csvMapping.ts'

type Column = keyof CsvMapping['columns']

/** The labels of a mapping's columns, the most important first. */
export const COLUMN_LABELS: Record<Column, string> = {
  externalId: 'The network’s id of the transaction',
  orderId: 'Order number',
  clickId: 'Our click id, as the sub-id',
  merchantId: 'The network’s id of the merchant',
  merchantName: 'Merchant',
  status: 'Status',
  sale: 'Transaction value',
  commission: 'Our commission',
  currency: 'Currency',
  eventAt: 'Time of the transaction',
  clickedAt: 'Time of the click',
  changedAt: 'Time of the last change',
  reversalOf: 'The order of a reversal',
  comment: 'Comment',
}

/** The columns without which no line can be read. */
export const NEEDED_COLUMNS: readonly Column[] = ['status', 'commission', 'eventAt']
