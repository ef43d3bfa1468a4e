import type { PayloadRequest } from 'payload'

import { labelOf } from '../../../../src/domain/labels.ts'
import { loadAuditRows } from '../../../audit/admin/loadAuditRows.ts'
import type { DeskScreen } from '../deskScreen.ts'

type Props = { id: string; req: PayloadRequest; screen: DeskScreen }

/** What the staff did with it, the latest first. For those who may read the audit log. */
export const Audit = async ({ id, req, screen: { times } }: Props) => {
  const { rows } = await loadAuditRows(req, { slug: 'withdrawals', id })
  if (rows.length === 0) return null
  return (
    <section>
      <h3 className="t-h5 t-desk__title">What the staff did</h3>
      <ul className="t-desk__points">
        {rows.map(({ action, at, id: key, reason, who }) => (
          <li key={key}>
            <span>
              {labelOf(action)} · {who ?? 'The system'}
              {reason && <span className="t-sub">{reason}</span>}
            </span>
            <span className="t-muted t-nowrap">{times.moment(at)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
