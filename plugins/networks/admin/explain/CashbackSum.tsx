import { Sum, type SumRow } from '../../../../src/admin/Sum.tsx'
import type { ToldCashback } from '../../../../src/domain/explainCashback.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { formatBps } from '../../../../src/domain/percent.ts'

/** The cashback as an arithmetic, from what the network pays to what is in the wallet. */
export const CashbackSum = ({ told }: { told: ToldCashback }) => <Sum rows={rowsOf(told)} />

const rowsOf = ({ amountMinor, creditedMinor, currency, grant, rate, sale }: ToldCashback) => {
  const money = (minor: number) => formatMoney(minor, currency)
  const base: SumRow[] =
    rate.basis === 'sale'
      ? [{ name: 'Sale', value: sale.saleMinor === null ? 'not told' : money(sale.saleMinor) }]
      : [
          { name: 'Commission', value: money(sale.commissionMinor) },
          ...(sale.returnedMinor < 0
            ? [{ name: 'Returns', value: money(sale.returnedMinor) }]
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
