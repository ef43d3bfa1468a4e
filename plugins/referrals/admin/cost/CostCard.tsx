import { countOf, formatCount } from '../../../../src/admin/format/counts.ts'
import { Sum } from '../../../../src/admin/money/Sum.tsx'
import type { ProgramStats } from '../../../../src/referrals/loadProgramStats.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { formatBps } from '../../../../src/domain/percent.ts'

/** The programme's cost as an arithmetic, and what share of the referred payments it is. */
export const CostCard = ({ currency, stats }: { currency: string; stats: ProgramStats }) => {
  const { cost, members } = stats
  const money = (minor: number) => formatMoney(minor, currency)
  return (
    <section className="t-panel">
      <h3 className="t-kpi__label">Net cost of commissions</h3>
      <div className="t-kpi__value">{money(cost.netMinor)}</div>
      <Sum
        rows={[
          { name: `Awarded, ${countOf(cost.awarded, 'payment')}`, value: money(cost.awardedMinor) },
          { name: 'Taken back by refunds', value: money(-cost.reversedMinor) },
          { name: 'Net', value: money(cost.netMinor), isResult: true },
          { name: 'On referred payments of', value: money(cost.referredMinor), isFirst: true },
          {
            name: 'Effective rate',
            value: cost.effectiveBps === null ? '—' : formatBps(cost.effectiveBps),
          },
          {
            name: `Held, not yet posted, ${formatCount(cost.held)}`,
            value: money(cost.heldMinor),
          },
          { name: 'Referred members', value: formatCount(members.referred), isFirst: true },
          { name: 'of them paying', value: formatCount(members.paying) },
        ]}
      />
    </section>
  )
}
