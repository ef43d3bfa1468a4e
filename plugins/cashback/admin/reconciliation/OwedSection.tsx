import type { PayloadRequest } from 'payload'

import { now } from '../../../../src/platform/clock.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { type Owed, owedByAge } from '../../../../src/cashback/reconciliation/owedByAge.ts'
import { CsvLink } from './CsvLink.tsx'
import { describeOwed } from './describeOwed.ts'
import { ReadFailed } from './ReadFailed.tsx'
import { readPart } from '../readPart.ts'

const AGES = [
  ['0–30 days', 'upTo30Minor'],
  ['31–60 days', 'upTo60Minor'],
  ['61–90 days', 'upTo90Minor'],
  ['Over 90 days', 'olderMinor'],
] as const

/** Commission that networks approved and have not paid, by the age of the transaction. */
export const OwedSection = async ({ req }: { req: PayloadRequest }) => {
  const rows = await readPart(req, 'owed', (db) => owedByAge(db, now()))
  if (!rows) return <ReadFailed what="What networks owe us" />
  const { api } = req.payload.config.routes
  return (
    <>
      <p className="t-view__lede">{describeOwed(rows)}</p>
      <SectionHead
        note={<CsvLink path={`${api}/networks/owed?format=csv`} what="What networks owe" />}
      >
        What networks owe us
      </SectionHead>
      {rows.length === 0 ? (
        <p className="t-empty">
          Nothing is owed. Approved commission that no statement has paid appears here, by age.
        </p>
      ) : (
        <OwedTable rows={rows} />
      )}
    </>
  )
}

const OwedTable = ({ rows }: { rows: Owed[] }) => (
  <Scroll label="What networks owe us, by age of the transaction">
    <table className="t-table t-recon__owed">
      <thead>
        <tr>
          <th scope="col">Network</th>
          {AGES.map(([name]) => (
            <th className="t-num" key={name} scope="col">
              {name}
            </th>
          ))}
          <th className="t-num" scope="col">
            Owed
          </th>
          <th className="t-num" scope="col">
            Pending, not owed yet
          </th>
          <th className="t-num" scope="col">
            Paid short
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.network} ${row.currency}`} row={row} />
        ))}
      </tbody>
    </table>
  </Scroll>
)

const Row = ({ row }: { row: Owed }) => {
  const money = (minor: number) => (minor === 0 ? '—' : formatMoney(minor, row.currency))
  return (
    <tr>
      <th scope="row">{row.name}</th>
      {AGES.map(([name, key]) => (
        <td className={`t-num${key === 'olderMinor' && row[key] > 0 ? ' t-fail' : ''}`} key={name}>
          {money(row[key])}
        </td>
      ))}
      <td className="t-num t-strong">{formatMoney(row.owedMinor, row.currency)}</td>
      <td className="t-num t-muted">{money(row.pendingMinor)}</td>
      <td className="t-num t-muted">{money(row.shortMinor)}</td>
    </tr>
  )
}
