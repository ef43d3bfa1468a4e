'use client'
import { useConfig } from '@payloadcms/ui'
import type { ReactNode } from 'react'

import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { formatCount } from '../../../../src/admin/format/counts.ts'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import { listHref } from '../listHref.ts'
import type { TransactionsDone } from './useTransactionImport.ts'

/** The outcome of an import, with links to its run, its transactions and its quarantined rows. */
export const TransactionImportOutcome = ({ done }: { done: TransactionsDone }) => {
  const { config } = useConfig()
  const { admin } = config.routes
  const { changed, fileName, network, unattributed, quarantined, refused, rows, run } = done
  return (
    <div className="t-recon__preview">
      <p className="t-badge">
        <Sign name="check" />
        <span>
          {fileName} is imported. {changed === 0 && 'No transaction changed. '}
          <AdminLink href={`${admin}/collections/sync-runs/${run}`}>See the run</AdminLink>
        </span>
      </p>
      <dl className="t-recon__outcome">
        <Figure count={rows} name="Transactions read" />
        <Figure count={changed} name="New or changed">
          <AdminLink href={listHref(admin, 'network-transactions', { network })}>
            All its transactions
          </AdminLink>
        </Figure>
        <Figure count={unattributed} name="Unattributed">
          {unattributed > 0 && (
            <AdminLink href={`${admin}/networks-and-sync`}>Assign them</AdminLink>
          )}
        </Figure>
        <Figure count={quarantined} name="Quarantined lines">
          {refused > 0 && (
            <AdminLink href={listHref(admin, 'quarantined-rows', { network })}>
              {quarantined === 0 ? 'Quarantined before' : 'See why'}
            </AdminLink>
          )}
        </Figure>
      </dl>
    </div>
  )
}

const Figure = ({
  children,
  count,
  name,
}: {
  children?: ReactNode
  count: number
  name: string
}) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {formatCount(count)}
      {children && <span className="t-sub">{children}</span>}
    </dd>
  </div>
)
