import type { WidgetServerProps } from 'payload'

import { formatChange } from '../../../../src/admin/format/counts.ts'
import { Kpi } from '../../../../src/admin/charts/Kpi.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import { type Dashboard, loadDashboard } from './loadDashboard.ts'

/** This month's commissions minus clawbacks, compared with the same days of the last month. */
export const NetCommissionWidget = async ({ req }: Pick<WidgetServerProps, 'req'>) => {
  const dashboard = await loadDashboard(req)
  if (!dashboard) return null
  const { currency, month } = dashboard
  return (
    <Kpi label="Net commission, this month" value={formatMoney(month.cost.netMinor, currency)}>
      <Change {...dashboard} />
    </Kpi>
  )
}

const Change = ({ currency, month, times, trend }: Dashboard) => {
  const { from, netMinor, to } = trend.lastMonthSoFar
  const last = new Date(new Date(to).getTime() - 1)
  const days = `${times.dayOfMonth(from)} – ${times.dayOfMonth(last)}`
  const change = formatChange(month.cost.netMinor, netMinor)
  return change ? (
    <>
      <b>{change}</b> on {days}, {formatMoney(netMinor, currency)}
    </>
  ) : (
    <>Nothing from {days}</>
  )
}
