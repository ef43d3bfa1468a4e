import { Sum, type SumRow } from '../../../../src/admin/money/Sum.tsx'
import type { ExplainedCashback } from '../../../../src/domain/cashback/explainCashback.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { formatBps } from '../../../../src/domain/percent.ts'

/** The cashback as an arithmetic, from what the network pays to what is in the wallet. */
export const CashbackSum = ({ cashback }: { cashback: ExplainedCashback }) => (
  <Sum rows={rowsOf(cashback)} />
)

const rowsOf = ({
  amountMinor,
  creditedMinor,
  currency,
  grant,
  rate,
  transaction,
}: ExplainedCashback) => {
  const money = (minor: number) => formatMoney(minor, currency)
  const base: SumRow[] =
    rate.basis === 'sale'
      ? [
          {
            name: 'Transaction',
            value: transaction.saleMinor === null ? 'not told' : money(transaction.saleMinor),
          },
        ]
      : [
          { name: 'Commission', value: money(transaction.commissionMinor) },
          ...(transaction.reversedMinor < 0
            ? [{ name: 'Returns', value: money(transaction.reversedMinor) }]
            : []),
        ]
  return [
    ...base,
    { name: `× rate ${formatBps(rate.rateBps)}`, value: money(amountMinor) },
    ...(typeof grant?.capMinor === 'number'
      ? [{ name: 'Cap of the approval by age', value: money(grant.capMinor) }]
      : []),
    { name: 'In the wallet', value: money(creditedMinor), isResult: true },
  ]
}
