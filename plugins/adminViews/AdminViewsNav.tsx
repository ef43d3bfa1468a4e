import { NavGroup } from '@payloadcms/ui'
import type { Payload, ServerProps } from 'payload'

import { isStaff, roleOf } from '../../collections/access.ts'
import { type Badge, AdminViewLink } from './AdminViewLink.tsx'

export type AdminViewTarget = {
  label: string
  path: string
  audience: 'admin' | 'staff'
  /** What waits there; read anew with every page. */
  badge: ((payload: Payload) => Promise<Badge | null>) | undefined
}

/** The ways to our own screens, for those who may see them. */
export const AdminViewsNav = async ({
  desks,
  payload,
  user,
}: ServerProps & { desks: AdminViewTarget[] }) => {
  const req = { user: user ?? null }
  const own = desks.filter(({ audience }) =>
    audience === 'staff' ? isStaff(req) : roleOf(req) === 'admin',
  )
  if (own.length === 0) return null
  const links = await Promise.all(
    own.map(async (desk) => ({ ...desk, badge: await badgeOf(desk, payload) })),
  )
  return (
    <NavGroup label="Desks">
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

/** A badge that cannot be read is left out: the navigation has to work, above all then. */
const badgeOf = async (
  { badge, label }: AdminViewTarget,
  payload: Payload,
): Promise<Badge | null> => {
  try {
    return (await badge?.(payload)) ?? null
  } catch (error) {
    payload.logger.error({ msg: 'badge not read', desk: label, err: error })
    return null
  }
}
