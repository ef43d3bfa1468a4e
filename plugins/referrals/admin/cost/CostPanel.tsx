import type { UIFieldServerProps } from 'payload'

import { isStaff } from '../../../../collections/access.ts'
import { Choice } from '../../../../src/admin/actions/Choice.tsx'
import { Shares } from '../../../../src/admin/charts/Shares.tsx'
import { countOf, formatCount } from '../../../../src/admin/format/counts.ts'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import { Sum } from '../../../../src/admin/money/Sum.tsx'
import { addDays } from '../../../../src/domain/dates.ts'
import { labelOf } from '../../../../src/domain/labels.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { formatBps } from '../../../../src/domain/percent.ts'
import type { AffiliationConfig } from '../../../../src/payload-types.ts'
import { now } from '../../../../src/platform/clock.ts'
import { loadProgramStats, type ProgramStats } from '../../../../src/referrals/loadProgramStats.ts'
import { parseChoice, type Period, PERIODS } from './parseChoice.ts'
import { TopReferrers } from './TopReferrers.tsx'

/** Beside the rule: its cost, why payments earned nothing, and the top referrers. For staff only. */
export const CostPanel = async ({ data, req }: Pick<UIFieldServerProps, 'data' | 'req'>) => {
  if (!isStaff(req)) return null
  const currencies = currenciesOf(data)
  const choice = parseChoice(req.query, currencies)
  const to = now()
  const stats = await loadProgramStats(req, {
    currency: choice.currency,
    from: addDays(to, -choice.period),
    to,
  })
  const { admin } = req.payload.config.routes
  return (
    <div className="t-cost">
      <h2 className="t-h4">What it costs</h2>
      <Choices
        choice={choice}
        currencies={currencies}
        path={`${admin}/globals/affiliation-config`}
      />
      <CostCard currency={choice.currency} stats={stats} />
      <ReasonsCard stats={stats} />
      <TopReferrers
        currency={choice.currency}
        period={`in ${choice.period} days`}
        stats={stats}
        usersPath={`${admin}/collections/users`}
      />
    </div>
  )
}

const currenciesOf = ({ currencies }: Partial<AffiliationConfig>): string[] =>
  (currencies ?? []).map(({ currency }) => currency)

const Choices = ({
  choice,
  currencies,
  path,
}: {
  choice: { period: Period; currency: string }
  currencies: string[]
  path: string
}) => {
  const to = (change: Partial<typeof choice>) => {
    const { currency, period } = { ...choice, ...change }
    return `${path}?period=${period}&currency=${currency}`
  }
  return (
    <div className="t-choices">
      <Choice
        label="Period"
        options={PERIODS.map((period) => ({
          text: `${period} days`,
          href: to({ period }),
          isCurrent: period === choice.period,
        }))}
      />
      {currencies.length > 1 && (
        <Choice
          label="Currency"
          options={currencies.map((currency) => ({
            text: currency,
            href: to({ currency }),
            isCurrent: currency === choice.currency,
          }))}
        />
      )}
    </div>
  )
}

/** The calculation of the programme's cost, and its share of the referred payments. */
const CostCard = ({ currency, stats }: { currency: string; stats: ProgramStats }) => {
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
          { name: 'Of them paying', value: formatCount(members.paying) },
        ]}
      />
    </section>
  )
}

/** Why payments earned nothing: those without a referrer as a sentence, the others as bars. */
const ReasonsCard = ({ stats }: { stats: ProgramStats }) => {
  const { decided, earned } = stats.payments
  const withoutReferrer =
    stats.reasons.find(({ reason }) => reason === 'no-referrer')?.payments ?? 0
  const others = stats.reasons.filter(({ reason }) => reason !== 'no-referrer')
  const nothing = decided - earned
  return (
    <Panel
      aside={
        <span className="t-muted">
          {formatCount(nothing)} of {formatCount(decided)}
        </span>
      }
      title="Why payments earned nothing"
    >
      <p>{formatSummary(decided, withoutReferrer, nothing - withoutReferrer)}</p>
      {others.length > 0 && (
        <Shares
          shares={others.map(({ payments, reason }) => ({
            name: labelOf(reason),
            count: payments,
          }))}
        />
      )}
    </Panel>
  )
}

const formatSummary = (decided: number, withoutReferrer: number, others: number): string => {
  if (decided === 0) return 'No payment was decided in this period.'
  if (withoutReferrer + others === 0) return 'Every payment earned a commission.'
  if (withoutReferrer === 0) return 'All payers had a referrer.'
  const sentence = `${countOf(withoutReferrer, 'payment')} came from members without a referrer.`
  return others === 0 ? sentence : `${sentence} The other ${formatCount(others)}:`
}
