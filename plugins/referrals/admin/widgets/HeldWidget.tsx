import type { WidgetServerProps } from 'payload'

import { countOf } from '../../../../src/admin/format/counts.ts'
import { Kpi } from '../../../../src/admin/charts/Kpi.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import { loadDashboard } from './loadDashboard.ts'

/** The commissions that are decided and not posted yet. */
export const HeldWidget = async ({ req }: Pick<WidgetServerProps, 'req'>) => {
  const dashboard = await loadDashboard(req)
  if (!dashboard) return null
  const { currency, times, trend } = dashboard
  const { amountMinor, commissions, nextAt } = trend.held
  return (
    <Kpi label="Held, not yet posted" value={formatMoney(amountMinor, currency)}>
      {nextAt ? (
        <>
          {countOf(commissions, 'commission')}, next release {times.dayOfMonth(nextAt)}
        </>
      ) : (
        'No commission is held'
      )}
    </Kpi>
  )
}
