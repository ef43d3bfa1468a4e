import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import { deskHref } from '../deskScreen.ts'
import { KIND_LABELS } from '../labels.ts'
import type { DetailProps } from './detailProps.ts'

/** Other withdrawals of the member, the latest first. */
export const Earlier = ({ detail: { earlier }, screen }: DetailProps) => (
  <section>
    <h3 className="t-h5 t-desk__title">Other withdrawals of the member</h3>
    {earlier.length === 0 ? (
      <p className="t-muted">This is the first.</p>
    ) : (
      <ul className="t-desk__earlier">
        {earlier.map(({ currency, display, grossMinor, id, methodKind, reference, ...one }) => (
          <li key={id}>
            <span>
              <AdminLink href={deskHref(screen, { open: id })}>
                <span className="t-code">{reference}</span>
              </AdminLink>
              <span className="t-sub">
                {screen.times.day(one.requestedAt)} · {KIND_LABELS[methodKind]} {display}
              </span>
              {one.reason && <span className="t-sub">{one.reason}</span>}
            </span>
            <span className="t-num">{formatMoney(grossMinor, currency)}</span>
            <StatusPill status={one.status} />
          </li>
        ))}
      </ul>
    )}
  </section>
)
