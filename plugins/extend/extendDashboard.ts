import type { Config, Widget, WidgetInstance, WidgetWidth } from 'payload'

type Dashboard = NonNullable<NonNullable<Config['admin']>['dashboard']>

/** Payload's cards of the collections: the default dashboard, and the last row of ours. */
const COLLECTIONS = { widgetSlug: 'collections', width: 'full' } as WidgetInstance

/** Returns the admin with more widgets, laid out before the cards of the collections. */
export const extendDashboard = (
  admin: Config['admin'] = {},
  placed: (Widget & { width: WidgetWidth })[],
): Config['admin'] => {
  const { defaultLayout = [COLLECTIONS], widgets = [] } = admin.dashboard ?? {}
  if (typeof defaultLayout === 'function') {
    throw new Error('The layout of the dashboard is a function, which cannot be extended.')
  }
  const added = placed.map(({ slug, width }) => ({ widgetSlug: slug, width }) as WidgetInstance)
  const isCards = ({ widgetSlug }: WidgetInstance) => widgetSlug === COLLECTIONS.widgetSlug
  const dashboard: Dashboard = {
    widgets: [...widgets, ...placed.map(withoutWidth)],
    defaultLayout: [
      ...defaultLayout.filter((item) => !isCards(item)),
      ...added,
      ...defaultLayout.filter(isCards),
    ],
  }
  return { ...admin, dashboard }
}

const withoutWidth = (placed: Widget & { width?: WidgetWidth }): Widget => {
  const widget = { ...placed }
  delete widget.width
  return widget
}
