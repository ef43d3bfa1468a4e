import type { Config } from 'payload'

import type { AdminViewTarget } from './AdminViewsNav.tsx'

type Admin = NonNullable<Config['admin']>
type AdminViewOptions = {
  /** Its name in the navigation and as a title. */
  label: string
  /** Below the admin's root. */
  path: `/${string}`
  /** The view, as `/path/to/File#Export`. */
  view: string
  /** Default: admins only. */
  audience?: AdminViewTarget['audience']
  badge?: AdminViewTarget['badge']
}

const NAV = '/plugins/adminViews/AdminViewsNav#AdminViewsNav'

/** Adds an admin view to the admin panel, with a link in the navigation. */
export const withAdminView = (
  admin: Admin = {},
  { audience = 'admin', badge, label, path, view }: AdminViewOptions,
): Admin => {
  const { beforeNavLinks = [], views } = admin.components ?? {}
  const link: AdminViewTarget = { audience, badge, label, path }
  return {
    ...admin,
    components: {
      ...admin.components,
      beforeNavLinks: [
        ...beforeNavLinks.filter((known) => !isNav(known)),
        { path: NAV, serverProps: { views: [...linksIn(beforeNavLinks), link] } },
      ],
      views: {
        ...views,
        [path.slice(1)]: { Component: view, exact: true, meta: { title: label }, path },
      },
    },
  }
}

type Components = NonNullable<NonNullable<Admin['components']>['beforeNavLinks']>
type Nav = { path: string; serverProps: { views: AdminViewTarget[] } }

const isNav = (component: Components[number]): component is Nav =>
  typeof component === 'object' && component.path === NAV

const linksIn = (components: Components): AdminViewTarget[] =>
  components.filter(isNav).flatMap(({ serverProps }) => serverProps.views)
