import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import { Scroll } from '../../../src/admin/layout/Scroll.tsx'
import type { Times } from '../../../src/admin/format/times.ts'
import { formatMoney } from '../../../src/domain/money.ts'
import { labelOf } from '../../../src/domain/labels.ts'
import type { NamedMove } from './nameMoves.ts'

type Props = {
  adminRoute: string
  currency: string
  moves: NamedMove[]
  /** Null when the page does not start at the beginning of the period. */
  opening: { at: Date; balanceMinor: number } | null
  times: Times
}

/** The moves of a wallet, newest first, and the opening balance last. */
export const MovesTable = ({ adminRoute, currency, moves, opening, times }: Props) => (
  <Scroll label="Transfers of this wallet">
    <table className="t-table t-table--wide t-ledger">
      <thead>
        <tr>
          <th className="t-num">Version</th>
          <th>Posted ({times.zone})</th>
          <th>What</th>
          <th>Cause</th>
          <th>Other side</th>
          <th className="t-num">Out</th>
          <th className="t-num">In</th>
          <th className="t-num">Balance</th>
        </tr>
      </thead>
      <tbody>
        {moves.toReversed().map((move) => (
          <Row
            adminRoute={adminRoute}
            currency={currency}
            key={move.id}
            move={move}
            times={times}
          />
        ))}
        {opening && (
          <tr className="is-edge">
            <td />
            <td className="t-nowrap">{times.full(opening.at)}</td>
            <td colSpan={5}>Opening balance</td>
            <td className="t-num">{formatMoney(opening.balanceMinor, currency)}</td>
          </tr>
        )}
      </tbody>
    </table>
  </Scroll>
)

const Row = ({
  adminRoute,
  currency,
  move,
  times,
}: Pick<Props, 'adminRoute' | 'currency' | 'times'> & { move: NamedMove }) => {
  const money = (minor: number) => (minor > 0 ? formatMoney(minor, currency) : '')
  return (
    <tr>
      <td className="t-num t-muted">{move.version}</td>
      <td className="t-nowrap">{times.full(move.postedAt)}</td>
      <td>
        {labelOf(move.kind)}
        {move.note && <span className="t-sub">{move.note}</span>}
      </td>
      <td>
        {move.cause && (
          <AdminLink href={`${adminRoute}/collections${move.cause.path}`}>
            {move.cause.text}
          </AdminLink>
        )}
      </td>
      <td>{move.otherName}</td>
      <td className="t-num">{money(move.outMinor)}</td>
      <td className="t-num">{money(move.inMinor)}</td>
      <td className="t-num t-strong">{formatMoney(move.balanceMinor, currency)}</td>
    </tr>
  )
}
