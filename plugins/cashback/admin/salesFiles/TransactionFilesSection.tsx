import type { PayloadRequest } from 'payload'

import { isFinance, roleOf } from '../../../../collections/access.ts'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { timesIn } from '../../../../src/admin/format/times.ts'
import { now } from '../../../../src/platform/clock.ts'
import { listFileNetworks } from '../../../../src/cashback/reconciliation/listNetworks.ts'
import { ReadFailed } from '../reconciliation/ReadFailed.tsx'
import { readPart } from '../reconciliation/readPart.ts'
import { NoFileNetwork } from './NoFileNetwork.tsx'
import { TransactionImport } from './TransactionImport.tsx'

type Props = { query: Record<string, unknown>; req: PayloadRequest }

/** The way in for transactions of networks that are read from files. */
export const TransactionFilesSection = ({ query, req }: Props) => {
  const { admin } = req.payload.config.routes
  return (
    <>
      <SectionHead note={<AdminLink href={`${admin}/collections/sync-runs`}>All runs</AdminLink>}>
        Transactions from files
      </SectionHead>
      {isFinance(req) ? (
        <WayIn query={query} req={req} />
      ) : (
        <p className="t-recon__ask">Ask finance to import a file of transactions.</p>
      )}
    </>
  )
}

const WayIn = async ({ query, req }: Props) => {
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
