import type { PayloadRequest } from 'payload'

import { type Times, timesIn } from '../../../../src/admin/format/times.ts'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import {
  listUnmatched,
  type Unmatched,
} from '../../../../src/cashback/reconciliation/listUnmatched.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { readPart } from '../readPart.ts'
import { CsvLink } from './CsvLink.tsx'
import { ReadFailed } from './ReadFailed.tsx'

const SHOWN = 50
const TITLE = 'Reversals and statement lines without a partner'

/** Reversals that found no order, and lines of statements that found no transaction. */
export const UnmatchedSection = async ({ req }: { req: PayloadRequest }) => {
  const found = await readPart(req, 'unmatched', (db) => listUnmatched(db, SHOWN))
  if (!found) return <ReadFailed what={TITLE} />
  const { api } = req.payload.config.routes
  const times = timesIn(req.user?.collection === 'users' ? req.user.timeZone : null)
  return (
    <>
      <SectionHead note={<CsvLink path={`${api}/networks/unmatched?format=csv`} what={TITLE} />}>
        {TITLE}
      </SectionHead>
      {found.length === 0 ? (
        <p className="t-empty">
          None. A reversal without an order, and a statement line without a transaction, appear
          here.
        </p>
      ) : (
        <UnmatchedTable rows={found} times={times} />
      )}
    </>
  )
}

const UnmatchedTable = ({ rows, times }: { rows: Unmatched[]; times: Times }) => (
  <Scroll label={TITLE}>
    <table className="t-table t-table--wide">
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Network</th>
          <th scope="col">Transaction</th>
          <th scope="col">Order</th>
          <th scope="col">Time ({times.zone})</th>
          <th className="t-num" scope="col">
            Amount
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{describeKind(row)}</th>
            <td>{row.name}</td>
            <td>{row.externalId || '—'}</td>
            <td>{row.orderId || '—'}</td>
            <td className="t-nowrap">{times.day(row.at)}</td>
            <td className="t-num">{formatMoney(row.amountMinor, row.currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
)

const describeKind = ({ kind, reference }: Unmatched): string =>
  kind === 'reversal' ? 'Reversal' : `Line of statement ${reference}`
