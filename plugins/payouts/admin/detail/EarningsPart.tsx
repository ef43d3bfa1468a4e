import { countOf } from '../../../../src/admin/format/counts.ts'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Sum } from '../../../../src/admin/money/Sum.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { Earning, Earnings } from '../../../../src/payouts/desk/loadEarnings.ts'
import type { DeskScreen } from '../deskScreen.ts'
import type { DetailProps } from './detailProps.ts'

const KINDS: Record<Earning['kind'], string> = {
  commission: 'commission',
  cashback: 'cashback order',
  adjustment: 'adjustment',
}

/** The earnings behind the balance, with what can still be taken back of them. */
export const EarningsPart = ({ detail: { earnings, row }, screen }: DetailProps) => {
  const { currency } = row
  if (earnings.count === 0) {
    return (
      <section>
        <h3 className="t-h5 t-desk__title">Earnings behind the balance</h3>
        <p className="t-muted">No commission, cashback or adjustment is behind it.</p>
      </section>
    )
  }
  return (
    <section>
      <h3 className="t-h5 t-desk__title">Earnings behind the balance</h3>
      <Sums currency={currency} earnings={earnings} />
      <details className="t-desk__more">
        <summary>
          {earnings.count > earnings.rows.length
            ? `The newest ${earnings.rows.length} of ${countOf(earnings.count, 'earning')}`
            : countOf(earnings.count, 'earning')}
        </summary>
        <ul className="t-desk__earnings">
          {earnings.rows.map((earning) => (
            <Row currency={currency} earning={earning} key={earning.id} screen={screen} />
          ))}
        </ul>
      </details>
      <p className="t-foot">
        The newest that add up to the balance: earlier ones were paid out before. What was taken
        back is left out.
      </p>
    </section>
  )
}

const Sums = ({ currency, earnings }: { currency: string; earnings: Earnings }) => {
  const money = (minor: number) => formatMoney(minor, currency)
  const { kinds, refundableMinor, totalMinor } = earnings
  return (
    <Sum
      rows={[
        ...kinds.map(({ count, kind, minor }) => ({
          name: countOf(count, KINDS[kind]),
          value: money(minor),
        })),
        { name: 'Together', value: money(totalMinor), isResult: true },
        { name: 'Of which can still be taken back', value: money(refundableMinor) },
        { name: 'Final', value: money(totalMinor - refundableMinor) },
      ]}
    />
  )
}

const COLLECTIONS: Record<Earning['kind'], (earning: Earning) => string> = {
  commission: ({ payment }) => `payments/${payment ?? ''}/explain`,
  cashback: ({ id }) => `cashback-events/${id}/explain`,
  adjustment: ({ id }) => `adjustments/${id}`,
}

type RowProps = { currency: string; earning: Earning; screen: DeskScreen }

const Row = ({ currency, earning, screen: { admin, times } }: RowProps) => {
  const { at, kind, netMinor, reference, source, state } = earning
  return (
    <li>
      <span>
        <AdminLink href={`${admin}/collections/${COLLECTIONS[kind](earning)}`}>{source}</AdminLink>
        <span className="t-sub">
          {[KINDS[kind], reference, times.day(at)].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="t-num">
        {formatMoney(netMinor, currency)}
        <span className="t-sub">{state === 'final' ? 'final' : describeOpen(kind)}</span>
      </span>
    </li>
  )
}

const describeOpen = (kind: Earning['kind']): string =>
  kind === 'cashback' ? 'not paid by the network' : 'refund possible'
