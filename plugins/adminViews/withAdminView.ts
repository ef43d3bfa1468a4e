import type { Config } from 'payload'

import type { AdminViewTarget } from './AdminViewsNav.tsx'

type Admin = NonNullable<Config['admin']>
type Desk = {
  /** Its name in the navigation and as a title. */
  label: string
  /** Below the admin's root. */
  path: `/${string}`
  /** The view, as `/path/to/File#Export`. */
  view: string
  /** Whom it is for; admins, unless it says more. */
  audience?: AdminViewTarget['audience']
  badge?: AdminViewTarget['badge']
}

const NAV = '/plugins/adminViews/AdminViewsNav#AdminViewsNav'

/** Adds a screen of its own to the admin, with its link among the other desks. */
export const withAdminView = (
  admin: Admin = {},
  { audience = 'admin', badge, label, path, view }: Desk,
): Admin => {
  const { beforeNavLinks = [], views } = admin.components ?? {}
  const link: AdminViewTarget = { audience, badge, label, path }
  return {
    ...admin,
    components: {
      ...admin.components,
      beforeNavLinks: [
        ...beforeNavLinks.filter((known) => !isNav(known)),
        { path: NAV, serverProps: { desks: [...desksIn(beforeNavLinks), link] } },
      ],
      views: {
        ...views,
        [path.slice(1)]: { Component: view, exact: true, meta: { title: label }, path },
      },
    },
  }
}

type Components = NonNullable<NonNullable<Admin['components']>['beforeNavLinks']>
type Nav = { path: string; serverProps: { desks: AdminViewTarget[] } }

const isNav = (component: Components[number]): component is Nav =>
  typeof component === 'object' && component.path === NAV

const desksIn = (components: Components): AdminViewTarget[] =>
  components.filter(isNav).flatMap(({ serverProps }) => serverProps.desks)
