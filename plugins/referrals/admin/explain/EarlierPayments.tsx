import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import type { Times } from '../../../../src/admin/format/times.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { EarlierPayment } from './loadPaymentStory.ts'

type Props = {
  count: number
  payerName: string
  payments: EarlierPayment[]
  explainPath: (id: string) => string
  times: Times
}

/** The decisions on the payer's earlier payments; nothing when there were none. */
export const EarlierPayments = ({ count, explainPath, payerName, payments, times }: Props) =>
  payments.length > 0 && (
    <>
      <SectionHead note={formatNote(payments, count)}>Earlier payments of {payerName}</SectionHead>
      <Scroll label={`Earlier payments of ${payerName}`}>
        <table className="t-table t-table--wide">
          <thead>
            <tr>
              <th>Payment</th>
              <th>Completed ({times.zone})</th>
              <th className="t-num">Amount</th>
              <th>Decision</th>
            </tr>
          </thead>
          <tbody>
            {payments.map((payment) => (
              <Row explainPath={explainPath} key={payment.id} payment={payment} times={times} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )

const Row = ({
  explainPath,
  payment,
  times,
}: Pick<Props, 'explainPath' | 'times'> & { payment: EarlierPayment }) => (
  <tr>
    <td>
      <AdminLink href={explainPath(payment.id)}>{payment.reference}</AdminLink>
    </td>
    <td className="t-nowrap">{payment.completedAt ? times.full(payment.completedAt) : '—'}</td>
    <td className="t-num">{formatMoney(payment.amountMinor, payment.currency)}</td>
    <td className="t-nowrap">
      {payment.status ? <StatusPill status={payment.status} /> : '—'}{' '}
      {payment.reason && <span className="t-code">{payment.reason}</span>}
    </td>
  </tr>
)

const formatNote = (payments: EarlierPayment[], count: number): string => {
  const reasons = new Set(payments.map(({ reason, status }) => reason ?? status))
  if (count > payments.length) return `The latest ${payments.length} of ${count}`
  return payments.length > 1 && reasons.size === 1 ? 'The same decision each time' : ''
}
