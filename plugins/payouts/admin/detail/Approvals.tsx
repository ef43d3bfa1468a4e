import { Sign } from '../../../../src/admin/status/Sign.tsx'
import { describeNoApproval } from '../../../../src/payouts/desk/deskActions.ts'
import type { DetailProps } from './detailProps.ts'

/** Who approved it, and whether the viewer can. Nothing for one that was never approved. */
export const Approvals = ({ detail, screen: { mayAct, times, viewer } }: DetailProps) => {
  const { approvals, row } = detail
  const isOpen = row.status === 'requested'
  const refusal = isOpen && mayAct ? describeNoApproval(row, viewer) : null
  const needsTwo = row.approvalsNeeded > 1
  if (approvals.length === 0 && !needsTwo && refusal === null && !row.isAutoApproved) return null
  return (
    <section aria-label="Approvals" className="t-desk__four">
      <h3 className="t-h5">
        <Sign name="shield" /> {needsTwo ? 'Two people approve it' : 'Approvals'}
      </h3>
      <ol>
        {row.isAutoApproved && <li>Approved automatically</li>}
        {approvals.map(({ at, name, round }) => (
          <li key={`${name}-${at}`}>
            <span>
              <Sign name="check" size={14} /> {name} approved
              {round < detail.round && ' before a hold: no longer counts'}
            </span>
            <span className="t-muted">{times.moment(at)}</span>
          </li>
        ))}
        {refusal && (
          <li>
            <span>
              <Sign name="warning" size={14} /> {refusal}
            </span>
          </li>
        )}
        {isOpen && needsTwo && refusal === null && mayAct && (
          <li>
            <span>
              <Sign name="clock" size={14} />{' '}
              {row.approvedBy.length === 0 ? 'You can be the first' : 'You can be the second'}
            </span>
          </li>
        )}
      </ol>
    </section>
  )
}
