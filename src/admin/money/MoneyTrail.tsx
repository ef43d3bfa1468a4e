import { AdminLink } from '../layout/AdminLink.tsx'
import { Scroll } from '../layout/Scroll.tsx'
import { SectionHead } from '../layout/SectionHead.tsx'
import type { Times } from '../format/times.ts'
import { formatMoney } from '../../domain/money.ts'
import { labelOf } from '../../domain/labels.ts'
import type { TrailRow } from '../../ledger/selectTrail.ts'

type Props = {
  transfers: TrailRow[]
  /** The text of the empty state. */
  nothing: string
  linkTo: (slug: string, id: string) => string
  times: Times
}

/** Every transfer that one cause posted, oldest first. */
export const MoneyTrail = ({ linkTo, nothing, times, transfers }: Props) => (
  <>
    <SectionHead note={transfers.length > 0 ? describeCount(transfers.length) : undefined}>
      Where the money went
    </SectionHead>
    {transfers.length === 0 ? (
      <p className="t-muted">{nothing}</p>
    ) : (
      <Scroll label="Transfers of this cause">
        <table className="t-table t-table--wide">
          <thead>
            <tr>
              <th>Posted ({times.zone})</th>
              <th>What</th>
              <th>From, to</th>
              <th className="t-num">Amount</th>
              <th className="t-num">Balance after</th>
            </tr>
          </thead>
          <tbody>
            {transfers.map((row) => (
              <Row key={row.id} linkTo={linkTo} row={row} times={times} />
            ))}
          </tbody>
        </table>
      </Scroll>
    )}
  </>
)

const Row = ({ linkTo, row, times }: Pick<Props, 'linkTo' | 'times'> & { row: TrailRow }) => (
  <tr>
    <td className="t-nowrap">{times.short(row.at)}</td>
    <td>
      <AdminLink href={linkTo('wallet-transactions', row.id)}>{labelOf(row.kind)}</AdminLink>
      <span className="t-sub t-code t-key" title={row.key}>
        {shortKey(row.key)}
      </span>
    </td>
    <td>
      {row.from}
      <span className="t-sub">to {row.to}</span>
    </td>
    <td className="t-num">{formatMoney(row.amountMinor, row.currency)}</td>
    <td className="t-num">
      {row.balanceAfterMinor === null ? '—' : formatMoney(row.balanceAfterMinor, row.currency)}
    </td>
  </tr>
)

const describeCount = (count: number): string =>
  count === 1 ? '1 transfer' : `${count} transfers, oldest first`

/** The kind of the cause in full, and the end of its id, which differs. */
const shortKey = (key: string): string => key.replace(/[0-9a-f-]{28}(?=[0-9a-f]{8}$)/, '…')
