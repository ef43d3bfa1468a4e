import type { PayloadRequest } from 'payload'

import { isFinance, roleOf } from '../../../../collections/access.ts'
import { timesIn } from '../../../../src/admin/format/times.ts'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { listFileNetworks } from '../../../../src/cashback/reconciliation/listNetworks.ts'
import { now } from '../../../../src/platform/clock.ts'
import { ReadFailed } from '../reconciliation/ReadFailed.tsx'
import { readPart } from '../readPart.ts'
import { TransactionImport } from './TransactionImport.tsx'

type Props = { query: Record<string, unknown>; req: PayloadRequest }

/** The import of transactions of networks that are read from files. */
export const TransactionFilesSection = ({ query, req }: Props) => {
  const { admin } = req.payload.config.routes
  return (
    <>
      <SectionHead note={<AdminLink href={`${admin}/collections/sync-runs`}>All runs</AdminLink>}>
        Transactions from files
      </SectionHead>
      {isFinance(req) ? (
        <ImportPart query={query} req={req} />
      ) : (
        <p className="t-recon__note">Ask finance to import a file of transactions.</p>
      )}
    </>
  )
}

const ImportPart = async ({ query, req }: Props) => {
  const networks = await readPart(req, 'transactions from files', listFileNetworks)
  if (!networks) return <ReadFailed what="Transactions from files" />
  const isAdmin = roleOf(req) === 'admin'
  if (networks.length === 0) {
    return <NoFileNetwork adminRoute={req.payload.config.routes.admin} isAdmin={isAdmin} />
  }
  const person = req.user?.collection === 'users' ? req.user : null
  return (
    <TransactionImport
      chosen={query.toTransactions}
      isAdmin={isAdmin}
      networks={networks}
      timeZone={timesIn(person?.timeZone).timeZone}
      today={now().toISOString().slice(0, 10)}
    />
  )
}

/** The empty state before the first network that is read from files. */
const NoFileNetwork = ({ adminRoute, isAdmin }: { adminRoute: string; isAdmin: boolean }) => (
  <p className="t-empty">
    No network is read from files yet. Every network that offers a download can be: set it up with
    the adapter “csv” and a mapping of its columns.{' '}
    {isAdmin ? (
      <AdminLink href={`${adminRoute}/collections/networks/create`}>Set up a network</AdminLink>
    ) : (
      'An admin can set up a network.'
    )}
  </p>
)
