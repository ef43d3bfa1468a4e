'use client'
import { useConfig } from '@payloadcms/ui'

import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'

/** A network whose files nobody can read yet: what is missing, and who sets it. */
export const NoMapping = ({
  isAdmin,
  network: { id, name },
}: {
  isAdmin: boolean
  network: { id: string; name: string }
}) => {
  const { config } = useConfig()
  return (
    <p className="t-badge t-badge--bad">
      <Sign name="warning" />
      <span>
        {name} has no mapping that can be used: which column of its files is what.{' '}
        {isAdmin ? (
          <AdminLink href={`${config.routes.admin}/collections/networks/${id}`}>
            Set it in its settings
          </AdminLink>
        ) : (
          'An admin sets it in the network’s settings.'
        )}
      </span>
    </p>
  )
}
