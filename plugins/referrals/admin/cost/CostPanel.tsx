import type { UIFieldServerProps } from 'payload'

import { isStaff } from '../../../../collections/access.ts'
import { Choice } from '../../../../src/admin/actions/Choice.tsx'
import { now } from '../../../../src/platform/clock.ts'
import { loadProgramStats } from '../../../../src/referrals/loadProgramStats.ts'
import { addDays } from '../../../../src/domain/dates.ts'
import type { AffiliationConfig } from '../../../../src/payload-types.ts'
import { choiceOf, type Period, PERIODS } from './choiceOf.ts'
import { CostCard } from './CostCard.tsx'
import { ReasonsCard } from './ReasonsCard.tsx'
import { TopReferrers } from './TopReferrers.tsx'

/** Beside the rule: what it costs, why payments earn nothing, and who earns most. For staff. */
export const CostPanel = async ({ data, req }: Pick<UIFieldServerProps, 'data' | 'req'>) => {
  if (!isStaff(req)) return null
  const currencies = currenciesOf(data)
  const choice = choiceOf(req.query, currencies)
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
