import { NavGroup } from '@payloadcms/ui'
import type { Payload, ServerProps } from 'payload'

import { isStaff, roleOf } from '../../collections/access.ts'
import { type Badge, AdminViewLink } from './AdminViewLink.tsx'

export type AdminViewTarget = {
  label: string
  path: string
  audience: 'admin' | 'staff'
  /** The badge; loaded with every page. */
  badge: ((payload: Payload) => Promise<Badge | null>) | undefined
}

/** Links to our admin views, for users who may see them. */
export const AdminViewsNav = async ({
  payload,
  user,
  views,
}: ServerProps & { views: AdminViewTarget[] }) => {
  const req = { user: user ?? null }
  const own = views.filter(({ audience }) =>
    audience === 'staff' ? isStaff(req) : roleOf(req) === 'admin',
  )
  if (own.length === 0) return null
  const links = await Promise.all(
    own.map(async (view) => ({ ...view, badge: await loadBadge(view, payload) })),
  )
  return (
    <NavGroup label="Admin views">
      {links.map(({ badge, label, path }) => (
        <AdminViewLink
          badge={badge}
          href={`${payload.config.routes.admin}${path}`}
          key={path}
          label={label}
        />
      ))}
    </NavGroup>
  )
}

/** A badge that cannot be loaded is left out, so that the navigation always works. */
const loadBadge = async (
  { badge, label }: AdminViewTarget,
  payload: Payload,
): Promise<Badge | null> => {
  try {
    return (await badge?.(payload)) ?? null
  } catch (error) {
    payload.logger.error({ msg: 'badge not loaded', view: label, err: error })
    return null
  }
}
