'use client'
import { useConfig } from '@payloadcms/ui'

import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import { formatCount } from '../../../src/admin/format/counts.ts'
import type { NetworkFigures } from './loadOverview.ts'
import { listHref } from './listHref.ts'

/** How many rows could not be read and are open, and why the newest could not; leads to them. */
export const QuarantineLink = ({ network }: { network: NetworkFigures }) => {
  const { config } = useConfig()
  const { id, name, quarantined, quarantineReason } = network
  if (quarantined === 0) return '0'
  const words = [formatCount(quarantined), ...(quarantineReason ? [quarantineReason] : [])]
  return (
    <span className="t-cut" title={words.join(', ')}>
      <AdminLink
        href={listHref(config.routes.admin, 'quarantined-rows', { network: id, resolvedAt: null })}
      >
        {words.join(', ')}
        <span className="t-hidden"> of {name}</span>
      </AdminLink>
    </span>
  )
}
