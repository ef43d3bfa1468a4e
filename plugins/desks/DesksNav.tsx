import { NavGroup } from '@payloadcms/ui'
import type { ServerProps } from 'payload'

import { roleOf } from '../../collections/access.ts'
import { DeskLink } from './DeskLink.tsx'

export type DeskLinkTo = { label: string; path: string }

/** The ways to our own screens, for those who may see them. */
export const DesksNav = ({ desks, payload, user }: ServerProps & { desks: DeskLinkTo[] }) => {
  if (roleOf({ user: user ?? null }) !== 'admin') return null
  return (
    <NavGroup label="Desks">
      {desks.map(({ label, path }) => (
        <DeskLink href={`${payload.config.routes.admin}${path}`} key={path} label={label} />
      ))}
    </NavGroup>
  )
}
