import type { WidgetServerProps } from 'payload'

import { countOf } from '../../../../src/admin/format/counts.ts'
import { Kpi } from '../../../../src/admin/charts/Kpi.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import { loadDashboard } from './loadDashboard.ts'

/** The sum of all members' wallets: the operator's liability. */
export const OwedWidget = async ({ req }: Pick<WidgetServerProps, 'req'>) => {
  const dashboard = await loadDashboard(req)
  if (!dashboard) return null
  const { currency, trend } = dashboard
  return (
    <Kpi label="Owed to members now" value={formatMoney(trend.owed.amountMinor, currency)}>
      {trend.owed.members > 0
        ? `In the wallets of ${countOf(trend.owed.members, 'member')}`
        : 'All wallets are at zero'}
    </Kpi>
  )
}
