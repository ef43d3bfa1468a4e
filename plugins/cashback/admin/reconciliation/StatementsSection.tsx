import type { PayloadRequest } from 'payload'

import { isFinance } from '../../../../collections/access.ts'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { formatCount } from '../../../../src/admin/format/counts.ts'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { timesIn } from '../../../../src/admin/format/times.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { listNetworks } from '../../../../src/cashback/reconciliation/listNetworks.ts'
import {
  type ListedStatement,
  listStatements,
} from '../../../../src/cashback/reconciliation/statementStore.ts'
import { ReadFailed } from './ReadFailed.tsx'
import { readPart } from '../readPart.ts'
import { StatementImport } from './StatementImport.tsx'

const SHOWN = 10

/** The latest payment statements, and the import of the next one. */
export const StatementsSection = async ({ req }: { req: PayloadRequest }) => {
  const found = await readPart(req, 'statements', async (db) => ({
    networks: await listNetworks(db),
    statements: await listStatements(db, SHOWN),
  }))
  if (!found) return <ReadFailed what="Payment statements" />
  const { networks, statements } = found
  const { admin } = req.payload.config.routes
  return (
    <>
      <SectionHead
        note={
          <AdminLink href={`${admin}/collections/network-statements`}>All statements</AdminLink>
        }
      >
        Payment statements
      </SectionHead>
      <ImportPart isFinance={isFinance(req)} networks={networks} />
      {statements.length === 0 ? (
        <p className="t-empty">
          No statement yet. Imported payment statements of networks appear here.
        </p>
      ) : (
        <StatementsTable adminRoute={admin} statements={statements} />
      )}
    </>
  )
}

const ImportPart = ({
  isFinance: isAllowed,
  networks,
}: {
  isFinance: boolean
  networks: { id: string; name: string }[]
}) => {
  if (!isAllowed) return <p className="t-recon__note">Ask finance to import a statement.</p>
  if (networks.length > 0) return <StatementImport networks={networks} />
  return (
    <p className="t-recon__note">No network is set up. Set one up, then import its statement.</p>
  )
}

/** The dates of statements are calendar days, independent of the viewer's zone. */
const { day } = timesIn('UTC')

const StatementsTable = ({
  adminRoute,
  statements,
}: {
  adminRoute: string
  statements: ListedStatement[]
}) => (
  <Scroll label="The latest payment statements">
    <table className="t-table t-table--wide">
      <thead>
        <tr>
          <th scope="col">Paid on</th>
          <th scope="col">Network</th>
          <th scope="col">Reference</th>
          <th className="t-num" scope="col">
            Lines
          </th>
          <th className="t-num" scope="col">
            Matched
          </th>
          <th className="t-num" scope="col">
            Paid to us
          </th>
          <th className="t-num" scope="col">
            Difference from ours
          </th>
        </tr>
      </thead>
      <tbody>
        {statements.map(({ currency, id, ...row }) => (
          <tr key={id}>
            <td className="t-nowrap">{day(`${row.paidAt}T00:00:00Z`)}</td>
            <td>{row.name}</td>
            <td>
              <AdminLink href={`${adminRoute}/collections/network-statements/${id}`}>
                {row.reference}
              </AdminLink>
            </td>
            <td className="t-num">{formatCount(row.lines)}</td>
            <td className="t-num">{formatCount(row.matched)}</td>
            <td className="t-num">{formatMoney(row.totalMinor, currency)}</td>
            <td className="t-num t-strong">
              {row.differenceMinor === 0 ? '—' : formatMoney(row.differenceMinor, currency)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
)
