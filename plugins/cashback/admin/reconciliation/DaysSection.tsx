import type { PayloadRequest } from 'payload'

import { countOf } from '../../../../src/admin/format/counts.ts'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { now } from '../../../../src/platform/clock.ts'
import { listNetworks } from '../../../../src/cashback/reconciliation/listNetworks.ts'
import { reconcileDays } from '../../../../src/cashback/reconciliation/reconcileDays.ts'
import { CsvLink } from './CsvLink.tsx'
import { type DaysAsked, daysAsked } from './daysAsked.ts'
import { DaysTable } from './DaysTable.tsx'
import { ReadFailed } from './ReadFailed.tsx'
import { readPart } from './readPart.ts'

const SHOWN = 200

/** Theirs, ours and the difference, by network and day of the transaction. */
export const DaysSection = async ({
  query,
  req,
}: {
  query: Record<string, unknown>
  req: PayloadRequest
}) => {
  const asked = daysAsked(query, now())
  const found = await readPart(req, 'reconciliation', async (db) => ({
    networks: await listNetworks(db),
    rows: await reconcileDays(db, asked),
  }))
  if (!found) return <ReadFailed what="Theirs and ours" />
  const { networks, rows } = found
  const { api } = req.payload.config.routes
  return (
    <>
      <SectionHead note="By day of the transaction, in UTC. Below zero, the network owes.">
        Theirs and ours, day by day
      </SectionHead>
      <Filter asked={asked} csvPath={csvPath(api, asked)} networks={networks} />
      {asked.problem && (
        <p className="t-badge t-badge--bad">{asked.problem} The last 30 days are shown.</p>
      )}
      {rows.length === 0 ? (
        <p className="t-queues__none">
          No transactions in these days. Choose others, or another network.
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

const csvPath = (api: string, { typed }: DaysAsked): string => {
  const given = Object.entries(typed).filter(([, value]) => value !== '')
  const query = new URLSearchParams([...given, ['format', 'csv']])
  return `${api}/networks/reconciliation?${query.toString()}`
}

const Filter = ({
  asked: { typed },
  csvPath: path,
  networks,
}: {
  asked: DaysAsked
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
      <CsvLink path={path} what="Theirs and ours" />
    </span>
  </form>
)
