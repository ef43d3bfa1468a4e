import type { DefaultServerCellComponentProps } from 'payload'

import { isCurrency } from '../../domain/currency.ts'
import { formatMoney } from '../../domain/money.ts'

/** An amount in a list: ₹1,23,456.78 in the row's currency, or a dash. */
export const MoneyCell = ({ cellData, rowData }: DefaultServerCellComponentProps) => {
  const currency: unknown = rowData.currency
  const isAmount = typeof cellData === 'number' && isCurrency(currency)
  return <span className="t-money">{isAmount ? formatMoney(cellData, currency) : '—'}</span>
}
