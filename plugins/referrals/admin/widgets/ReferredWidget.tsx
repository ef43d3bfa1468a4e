import type { WidgetServerProps } from 'payload'

import { formatCount } from '../../../../src/admin/format/counts.ts'
import { Kpi } from '../../../../src/admin/charts/Kpi.tsx'
import { loadDashboard } from './loadDashboard.ts'

/** The number of referred members, and how many of them have paid. */
export const ReferredWidget = async ({ req }: Pick<WidgetServerProps, 'req'>) => {
  const dashboard = await loadDashboard(req)
  if (!dashboard) return null
  const { paying, referred } = dashboard.month.members
  return (
    <Kpi label="Referred members" value={formatCount(referred)}>
      {referred > 0 ? (
        <>
          <b>{formatCount(paying)}</b> have paid, {Math.round((paying / referred) * 100)} %
        </>
      ) : (
        'No member has registered with an invite code yet'
      )}
    </Kpi>
  )
}
