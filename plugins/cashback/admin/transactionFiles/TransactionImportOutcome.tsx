'use client'
import { useConfig } from '@payloadcms/ui'

import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { formatCount } from '../../../../src/admin/format/counts.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import { Figure } from '../fileImport/Figure.tsx'
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
      {done.status === 'held' && (
        <p className="t-badge">
          <Sign name="clock" />
          <span>
            Its credits wait for a second person: {formatCredits(done)}. Nothing is credited until
            then.{' '}
            <AdminLink href={`${admin}/collections/file-imports/${done.fileImport}`}>
              See the import
            </AdminLink>
          </span>
        </p>
      )}
      <dl className="t-recon__outcome">
        <Figure name="Transactions read" value={formatCount(rows)} />
        <Figure name="New or changed" value={formatCount(changed)}>
          <AdminLink href={listHref(admin, 'network-transactions', { network })}>
            All its transactions
          </AdminLink>
        </Figure>
        <Figure name="Unattributed" value={formatCount(unattributed)}>
          {unattributed > 0 && (
            <AdminLink href={`${admin}/networks-and-sync`}>Assign them</AdminLink>
          )}
        </Figure>
        <Figure name="Quarantined lines" value={formatCount(quarantined)}>
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

const formatCredits = ({ credits }: TransactionsDone): string =>
  credits.map(({ amountMinor, currency }) => formatMoney(amountMinor, currency)).join(' and ')
