import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import { Sum, type SumRow } from '../../../../src/admin/money/Sum.tsx'
import type { Times } from '../../../../src/admin/format/times.ts'
import type { DecidedCommission } from '../../../../src/domain/referrals/explainCommission.ts'
import { formatMoney, computeShare } from '../../../../src/domain/money.ts'
import { formatBps } from '../../../../src/domain/percent.ts'
import { formatFraction } from './formatFraction.ts'
import type { Refund } from './loadPaymentStory.ts'

type Props = {
  commission: DecidedCommission
  refunds: Refund[]
  linkTo: (slug: string, id: string) => string
  times: Times
}

/** The calculation of the commission, from the payment to its current amount. */
export const CommissionCard = (props: Props) => {
  const { commission, refunds } = props
  const amount = formatMoney(commission.amountMinor, commission.currency)
  return (
    <Panel aside={<StatusPill status={commission.status} />} title="Commission">
      <Sum
        rows={[...toAwardRows(commission), ...(refunds.length > 0 ? toRefundRows(props) : [])]}
      />
      <p className="t-foot">
        Refunds use this commission’s own terms. When the whole payment is refunded, what was taken
        back is exactly {amount}.
      </p>
    </Panel>
  )
}

const toAwardRows = ({
  amountMinor,
  baseMinor,
  currency,
  rateBps,
  rule,
  status,
}: DecidedCommission): SumRow[] => {
  const cap = rule.currencies.find((row) => row.currency === currency)?.maxCommissionMinor
  return [
    { name: 'Payment', value: formatMoney(baseMinor, currency) },
    {
      name: `× rate ${formatBps(rateBps)}`,
      value: formatMoney(computeShare(baseMinor, rateBps), currency),
    },
    ...(typeof cap === 'number'
      ? [{ name: `Cap for ${currency}`, value: formatMoney(cap, currency) }]
      : []),
    {
      name: status === 'held' || status === 'cancelled' ? 'Held' : 'Awarded',
      value: formatMoney(amountMinor, currency),
      isResult: true,
    },
  ]
}

const toRefundRows = ({ commission, linkTo, refunds, times }: Props): SumRow[] => {
  const { amountMinor, baseMinor, currency, reversedMinor } = commission
  const refunded = refunds.reduce((sum, refund) => sum + refund.amountMinor, 0)
  // Without the currency sign: a product of two amounts is not an amount.
  const plain = (minor: number) => formatMoney(minor, currency).replace(/^[^\d]+/, '')
  return [
    ...refunds.map(({ amountMinor: refundMinor, at, id, reference }, index) => ({
      isFirst: index === 0,
      name: (
        <>
          Refund <AdminLink href={linkTo('refunds', id)}>{reference}</AdminLink>,{' '}
          {times.dayOfMonth(at)}
        </>
      ),
      value: formatMoney(refundMinor, currency),
    })),
    {
      name: `${plain(amountMinor)} × ${plain(refunded)} ÷ ${plain(baseMinor)}`,
      value: formatFraction({ amountMinor, times: refunded, by: baseMinor, currency }),
    },
    { name: 'Taken back, rounded half up', value: formatMoney(-reversedMinor, currency) },
    {
      name: 'Current amount',
      value: formatMoney(amountMinor - reversedMinor, currency),
      isResult: true,
    },
  ]
}
