import { countOf, formatCount } from '../../../../src/admin/format/counts.ts'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'

type Props = { statuses: { status: string; count: number }[] }

/** The network's statuses that are not mapped to ours, with their counts; nothing if there are none. */
export const UnmappedStatuses = ({ statuses }: Props) => {
  if (statuses.length === 0) return null
  return (
    <>
      <p className="t-badge t-badge--warn">
        <Sign name="warning" />
        <span>
          <b>{countOf(statuses.length, 'status').replace(/statuss$/, 'statuses')} not mapped.</b>{' '}
          These transactions move no money until the network’s settings map them.
        </span>
      </p>
      <Scroll label="Statuses that are not mapped">
        <table className="t-table t-recon__unmapped">
          <thead>
            <tr>
              <th scope="col">Status in the file</th>
              <th className="t-num" scope="col">
                Lines
              </th>
            </tr>
          </thead>
          <tbody>
            {statuses.map(({ count, status }) => (
              <tr key={status}>
                <td className="t-recon__id">{status}</td>
                <td className="t-num">{formatCount(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}
