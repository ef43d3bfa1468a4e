import type { WidgetServerProps } from 'payload'

import { TopReferrers } from '../cost/TopReferrers.tsx'
import { dashboardOf } from './dashboardOf.ts'

/** Who earned most this month. */
export const TopReferrersWidget = async ({ req }: Pick<WidgetServerProps, 'req'>) => {
  const dashboard = await dashboardOf(req)
  if (!dashboard) return null
  return (
    <TopReferrers
      currency={dashboard.currency}
      period="this month"
      stats={dashboard.month}
      usersPath={`${dashboard.adminRoute}/collections/users`}
    />
  )
}
