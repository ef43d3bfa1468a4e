import { DomainError } from '../domain/errors.ts'
import type { StatementMapping } from '../networks/statementMapping.ts'

/** Where a statement's cells are, by number. */
export type StatementColumns = {
  id: number | null
  order: number | null
  amount: number
  currency: number | null
}

/**
 * Usual names, the surest first, as they are without spaces, signs and case. Seen in networks'
 * documents and exports; what is named otherwise is told by the mapping.
 */
const USUAL = {
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
 * Finds the columns that the mapping names, and guesses those that it does not.
 *
 * @throws DomainError `csv.missing-column` one that is named is not there; neither id nor order, or
 *   no amount, could be guessed
 */
export const statementColumns = (header: string[], mapping: StatementMapping): StatementColumns => {
  const names = header.map((name) => name.trim())
  const plain = names.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ''))
  const find = (named: string | undefined, usual: readonly string[]): number | null => {
    if (named === undefined) return places(plain, usual)[0] ?? null
    const at = names.indexOf(named)
    if (at < 0) throw missing(`the file has no column ${named}`)
    return at
  }
  const id = find(mapping.idColumn, USUAL.id)
  const order = find(mapping.orderColumn, USUAL.order)
  const amount = find(mapping.amountColumn, USUAL.amount)
  if (id === null && order === null) {
    throw missing(
      'no column is known as the id of a sale or an order; name it as idColumn or orderColumn',
    )
  }
  if (amount === null) throw missing('no column is known as the amount; name it as amountColumn')
  return { id, order, amount, currency: find(mapping.currencyColumn, USUAL.currency) }
}

const places = (names: string[], usual: readonly string[]): number[] =>
  usual.map((name) => names.indexOf(name)).filter((at) => at >= 0)

const missing = (words: string) => new DomainError('csv.missing-column', `Line 1: ${words}.`)
