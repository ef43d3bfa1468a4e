import type { Widget, WidgetWidth } from 'payload'

type Placed = Widget & { width: WidgetWidth }

const widget = (
  slug: string,
  label: string,
  component: string,
  [minWidth, width]: [WidgetWidth, WidgetWidth],
): Placed => ({
  slug,
  label,
  Component: `/plugins/referrals/admin/widgets/${component}#${component}`,
  minWidth,
  maxWidth: 'full',
  width,
})

const FIGURE: [WidgetWidth, WidgetWidth] = ['x-small', 'x-small']

/** The programme on the dashboard, in the order of its default layout. */
export const programWidgets: Placed[] = [
  widget('net-commission', 'Net commission, this month', 'NetCommissionWidget', FIGURE),
  widget('held-commission', 'Held, not yet posted', 'HeldWidget', FIGURE),
  widget('owed-to-members', 'Owed to members now', 'OwedWidget', FIGURE),
  widget('referred-members', 'Referred members', 'ReferredWidget', FIGURE),
  widget('cost-by-month', 'Net commission by month', 'CostByMonthWidget', ['medium', 'large']),
  widget('top-referrers', 'Top referrers', 'TopReferrersWidget', ['small', 'small']),
]
