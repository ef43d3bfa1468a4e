import type { WidgetServerProps } from 'payload'

import { type Bar, BarChart } from '../../../../src/admin/charts/BarChart.tsx'
import { Choice } from '../../../../src/admin/actions/Choice.tsx'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import { type Dashboard, loadDashboard } from './loadDashboard.ts'

/** Net commissions of the last twelve months, with the choice of the currency of all widgets. */
export const CostByMonthWidget = async ({ req }: Pick<WidgetServerProps, 'req'>) => {
  const dashboard = await loadDashboard(req)
  if (!dashboard) return null
  const bars = barsOf(dashboard)
  const isEmpty = bars.every(({ valueMinor }) => valueMinor === 0)
  return (
    <Panel aside={<Currencies {...dashboard} />} title="Net commission by month">
      {isEmpty ? (
        <p className="t-muted">
          No commission in {dashboard.currency} in the last twelve months. A completed payment of a
          referred member creates one.
        </p>
      ) : (
        <>
          <BarChart
            bars={bars}
            currency={dashboard.currency}
            sentence={formatSentence(bars, dashboard.currency)}
          />
          <p className="t-foot">
            By the month of the decision in {dashboard.times.zone}; refunds count against it. This
            month is not over.
          </p>
        </>
      )}
    </Panel>
  )
}

const barsOf = ({ times, trend }: Dashboard): Bar[] =>
  trend.months.map(({ month, netMinor }, index) => ({
    label: times.month(month).slice(0, 3),
    name: times.month(month),
    valueMinor: netMinor,
    isPartial: index === trend.months.length - 1,
  }))

const formatSentence = (bars: Bar[], currency: string): string => {
  const [first] = bars
  const last = bars.at(-1)
  if (!first || !last) return ''
  const highest = bars.reduce((best, bar) => (bar.valueMinor > best.valueMinor ? bar : best))
  const money = (bar: Bar) => formatMoney(bar.valueMinor, currency)
  return `Net commission by month, ${first.name} to ${last.name}: the most was ${money(highest)} in ${highest.name}; ${money(last)} so far in ${last.name}.`
}

const Currencies = ({ adminRoute, currencies, currency }: Dashboard) =>
  currencies.length > 1 && (
    <Choice
      label="Currency"
      options={currencies.map((code) => ({
        text: code,
        href: `${adminRoute}?currency=${code}`,
        isCurrent: code === currency,
      }))}
    />
  )
