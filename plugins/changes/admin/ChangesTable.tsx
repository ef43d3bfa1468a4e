import { ActionButton } from '../../../src/admin/actions/ActionButton.tsx'
import type { Times } from '../../../src/admin/format/times.ts'
import { Scroll } from '../../../src/admin/layout/Scroll.tsx'
import { StatusPill } from '../../../src/admin/status/StatusPill.tsx'
import type { ListedChange } from '../../../src/changes/changeStore.ts'
import { ChangeLines } from './ChangeLines.tsx'

type Viewer = { id: string; isAdmin: boolean }

/** Changes as a table: what changes from what to what, who requested it, and when it counts. */
export const ChangesTable = ({
  changes,
  label,
  times,
  viewer,
}: {
  changes: ListedChange[]
  label: string
  times: Times
  viewer: Viewer
}) => (
  <Scroll label={label}>
    <table className="t-table t-changes">
      <thead>
        <tr>
          {['Document', 'Change', 'Requested', 'Takes effect'].map((heading) => (
            <th key={heading} scope="col">
              {heading}
            </th>
          ))}
          <th aria-label="Actions" scope="col" />
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.id}>
            <td>{change.title}</td>
            <td>
              <ChangeLines changes={change.changes} subject={change.subject} />
            </td>
            <td>
              {change.requester ?? 'A former colleague'}
              <span className="t-sub t-nowrap">{times.moment(change.requestedAt)}</span>
            </td>
            <td>
              <Effect change={change} times={times} />
            </td>
            <td>{change.status === 'requested' && <Actions change={change} viewer={viewer} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
)

const Effect = ({ change, times }: { change: ListedChange; times: Times }) => {
  const { byOperator, decidedAt, decider, reason, status, takesEffectAt } = change
  if (decidedAt === null) {
    return takesEffectAt ? (
      <span className="t-nowrap">{times.minute(takesEffectAt)}</span>
    ) : (
      'when a second admin approves it'
    )
  }
  return (
    <>
      <StatusPill status={status} />
      <span className="t-sub">
        {decider ?? (byOperator ? 'by the operator' : 'by the system')}, {times.moment(decidedAt)}
      </span>
      {reason && <span className="t-sub">{reason}</span>}
    </>
  )
}

const Actions = ({ change, viewer }: { change: ListedChange; viewer: Viewer }) => {
  if (!viewer.isAdmin) return null
  const { id, requestedBy } = change
  if (requestedBy === viewer.id) {
    return <Decision change={change} done="The change was cancelled." id={id} verb="cancel" />
  }
  return (
    <div className="t-actions">
      <Decision change={change} done="The change was rejected." id={id} verb="reject" />
      <Decision change={change} done="The change was applied." id={id} verb="approve" />
    </div>
  )
}

const LABELS = { approve: 'Approve', cancel: 'Cancel', reject: 'Reject' } as const

const Decision = ({
  change,
  done,
  id,
  verb,
}: {
  change: ListedChange
  done: string
  id: string
  verb: keyof typeof LABELS
}) => (
  <ActionButton
    confirmLabel={`${LABELS[verb]} the change`}
    done={done}
    heading={`${LABELS[verb]}: ${change.title}`}
    label={`${LABELS[verb]}…`}
    path={`/change-requests/${id}/${verb}`}
    size="small"
    slug={`${verb}-change-${id}`}
    style={verb === 'approve' ? 'primary' : 'secondary'}
  >
    <ChangeLines changes={change.changes} subject={change.subject} />
    <p className="t-muted">Requested by {change.requester ?? 'a former colleague'}.</p>
  </ActionButton>
)
