import type { PayloadRequest } from 'payload'

import { countOf, formatCount } from '../../../../src/admin/format/counts.ts'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { listNetworks } from '../../../../src/cashback/reconciliation/listNetworks.ts'
import {
  reconcileDays,
  type ReconciledDay,
} from '../../../../src/cashback/reconciliation/reconcileDays.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { now } from '../../../../src/platform/clock.ts'
import { CsvLink } from './CsvLink.tsx'
import { type DaysQuery, parseDaysQuery } from './parseDaysQuery.ts'
import { ReadFailed } from './ReadFailed.tsx'
import { readPart } from '../readPart.ts'

const SHOWN = 200

/** Commission, payments, cashback and the difference, by network and day of the transaction. */
export const DaysSection = async ({
  query,
  req,
}: {
  query: Record<string, unknown>
  req: PayloadRequest
}) => {
  const shown = parseDaysQuery(query, now())
  const found = await readPart(req, 'reconciliation', async (db) => ({
    networks: await listNetworks(db),
    rows: await reconcileDays(db, shown),
  }))
  if (!found) return <ReadFailed what="Reconciliation by day" />
  const { networks, rows } = found
  const { api } = req.payload.config.routes
  return (
    <>
      <SectionHead note="By day of the transaction, in UTC. A negative difference is what the network owes.">
        Reconciliation by day
      </SectionHead>
      <Filter shown={shown} csvPath={csvPath(api, shown)} networks={networks} />
      {shown.problem && (
        <p className="t-badge t-badge--bad">{shown.problem} The last 30 days are shown.</p>
      )}
      {rows.length === 0 ? (
        <p className="t-empty">
          No transactions in this period. Choose other days or another network.
        </p>
      ) : (
        <DaysTable rows={rows.slice(0, SHOWN)} />
      )}
      {rows.length > SHOWN && (
        <p className="t-foot">{countOf(rows.length - SHOWN, 'earlier row')}: download the CSV.</p>
      )}
    </>
  )
}

const csvPath = (api: string, { typed }: DaysQuery): string => {
  const given = Object.entries(typed).filter(([, value]) => value !== '')
  const query = new URLSearchParams([...given, ['format', 'csv']])
  return `${api}/networks/reconciliation?${query.toString()}`
}

const Filter = ({
  shown: { typed },
  csvPath: path,
  networks,
}: {
  shown: DaysQuery
  csvPath: string
  networks: { id: string; name: string }[]
}) => (
  <form className="t-filters" method="get">
    <label>
      Network
      <select defaultValue={typed.network} name="network">
        <option value="">All</option>
        {networks.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
    <label>
      From
      <input defaultValue={typed.from} name="from" type="date" />
    </label>
    <label>
      To
      <input defaultValue={typed.to} name="to" type="date" />
    </label>
    <button className="t-button" type="submit">
      Show
    </button>
    <span className="t-filters__end">
      <CsvLink path={path} what="Reconciliation by day" />
    </span>
  </form>
)

const MONEY = [
  ['Pending', 'pendingMinor'],
  ['Declined', 'declinedMinor'],
  ['Payable', 'payableMinor'],
  ['Paid to us', 'paidMinor'],
  ['Difference', 'differenceMinor'],
  ['Cashback', 'cashbackMinor'],
  ['In wallets', 'creditedMinor'],
] as const

/** A row for each network, day and currency, the newest day first. */
const DaysTable = ({ rows }: { rows: ReconciledDay[] }) => (
  <Scroll label="Commission, payments and cashback by network and day">
    <table className="t-table t-recon__days">
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Network</th>
          <th className="t-num" scope="col">
            Transactions
          </th>
          {MONEY.map(([name]) => (
            <th className="t-num" key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.day} ${row.network} ${row.currency}`}>
            <td className="t-nowrap">{DAY.format(new Date(`${row.day}T00:00:00Z`))}</td>
            <td>{row.name}</td>
            <td className="t-num">{formatCount(row.transactions)}</td>
            {MONEY.map(([name, key]) => (
              <td className={`t-num${key === 'differenceMinor' ? ' t-strong' : ''}`} key={name}>
                {row[key] === 0 ? '—' : formatMoney(row[key], row.currency)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
)

const DAY = new Intl.DateTimeFormat('en-IN', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
