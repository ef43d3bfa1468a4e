import type { WidgetServerProps } from 'payload'

import { TopReferrers } from '../cost/TopReferrers.tsx'
import { loadDashboard } from './loadDashboard.ts'

/** The top referrers of this month. */
export const TopReferrersWidget = async ({ req }: Pick<WidgetServerProps, 'req'>) => {
  const dashboard = await loadDashboard(req)
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
