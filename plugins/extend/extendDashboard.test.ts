import type { Config, Widget, WidgetInstance, WidgetWidth } from 'payload'

import { extendDashboard } from './extendDashboard.ts'

const placed = (slug: string): Widget & { width: WidgetWidth } => ({
  slug,
  Component: `/x#${slug}`,
  width: 'small',
})
const slugsOf = (admin: Config['admin']) => {
  const layout = admin?.dashboard?.defaultLayout as WidgetInstance[]
  return layout.map(({ widgetSlug }) => widgetSlug)
}

describe('extendDashboard', () => {
  it('puts widgets before Payload’s cards, in the order in which plugins add them', () => {
    const once = extendDashboard({ user: 'users' }, [placed('one')])
    const twice = extendDashboard(once, [placed('two'), placed('three')])
    expect(slugsOf(twice)).toEqual(['one', 'two', 'three', 'collections'])
    expect(twice?.dashboard?.widgets.map(({ slug }) => slug)).toEqual(['one', 'two', 'three'])
    expect(twice?.dashboard?.widgets[0]).not.toHaveProperty('width')
    expect(twice?.user).toBe('users')
    expect(slugsOf(once)).toEqual(['one', 'collections'])
  })

  it('throws for a layout that is a function', () => {
    const admin: Config['admin'] = { dashboard: { widgets: [], defaultLayout: () => [] } }
    expect(() => extendDashboard(admin, [placed('one')])).toThrow('function')
  })
})
