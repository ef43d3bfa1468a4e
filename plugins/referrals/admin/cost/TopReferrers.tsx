import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { formatCount } from '../../../../src/admin/format/counts.ts'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import type { ProgramStats } from '../../../../src/referrals/loadProgramStats.ts'
import { formatMoney } from '../../../../src/domain/money.ts'

/** The referrers with the highest commissions, after refunds. */
export const TopReferrers = ({
  currency,
  period,
  stats,
  usersPath,
}: {
  currency: string
  /** Ends the empty state: `in 30 days`. */
  period: string
  stats: Pick<ProgramStats, 'referrers' | 'topReferrers'>
  usersPath: string
}) => (
  <Panel
    aside={
      stats.referrers > stats.topReferrers.length && (
        <span className="t-muted">
          {stats.topReferrers.length} of {formatCount(stats.referrers)}
        </span>
      )
    }
    title="Top referrers"
  >
    {stats.topReferrers.length === 0 ? (
      <p className="t-muted">No commissions {period}.</p>
    ) : (
      <Scroll label="Top referrers">
        <table className="t-table">
          <thead>
            <tr>
              <th>Referrer</th>
              <th className="t-num">Payments</th>
              <th className="t-num">Net earned</th>
            </tr>
          </thead>
          <tbody>
            {stats.topReferrers.map(({ id, name, netMinor, payments }) => (
              <tr key={id}>
                <td>
                  <AdminLink href={`${usersPath}/${id}`}>{name}</AdminLink>
                </td>
                <td className="t-num">{formatCount(payments)}</td>
                <td className="t-num">{formatMoney(netMinor, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    )}
  </Panel>
)
