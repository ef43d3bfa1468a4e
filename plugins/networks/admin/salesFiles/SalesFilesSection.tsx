import type { PayloadRequest } from 'payload'

import { isFinance, roleOf } from '../../../../collections/access.ts'
import { AdminLink } from '../../../../src/admin/AdminLink.tsx'
import { SectionHead } from '../../../../src/admin/SectionHead.tsx'
import { timesIn } from '../../../../src/admin/times.ts'
import { now } from '../../../../src/clock.ts'
import { listFileNetworks } from '../../../../src/reconciliation/listFileNetworks.ts'
import { ReadFailed } from '../reconciliation/ReadFailed.tsx'
import { readPart } from '../reconciliation/readPart.ts'
import { NoFileNetwork } from './NoFileNetwork.tsx'
import { SalesImport } from './SalesImport.tsx'

type Props = { query: Record<string, unknown>; req: PayloadRequest }

/** The way in for sales of networks that are read from files. */
export const SalesFilesSection = ({ query, req }: Props) => {
  const { admin } = req.payload.config.routes
  return (
    <>
      <SectionHead note={<AdminLink href={`${admin}/collections/sync-runs`}>All runs</AdminLink>}>
        Sales from files
      </SectionHead>
      {isFinance(req) ? (
        <WayIn query={query} req={req} />
      ) : (
        <p className="t-recon__ask">Ask finance to import a file of sales.</p>
      )}
    </>
  )
}

const WayIn = async ({ query, req }: Props) => {
  const networks = await readPart(req, 'sales from files', listFileNetworks)
  if (!networks) return <ReadFailed what="Sales from files" />
  const isAdmin = roleOf(req) === 'admin'
  if (networks.length === 0) {
    return <NoFileNetwork adminRoute={req.payload.config.routes.admin} isAdmin={isAdmin} />
  }
  const person = req.user?.collection === 'users' ? req.user : null
  return (
    <SalesImport
      chosen={query.salesOf}
      isAdmin={isAdmin}
      networks={networks}
      timeZone={timesIn(person?.timeZone).timeZone}
      today={now().toISOString().slice(0, 10)}
    />
  )
}
