import type { PayloadRequest } from 'payload'

import { isFinance } from '../../../../collections/access.ts'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import type { DeskDetail } from '../../../../src/payouts/desk/loadDeskDetail.ts'
import { RowActions } from '../actions/RowActions.tsx'
import { deskHref } from '../deskScreen.ts'
import { Amounts } from './Amounts.tsx'
import { Approvals } from './Approvals.tsx'
import { Attempts } from './Attempts.tsx'
import { Audit } from './Audit.tsx'
import type { DetailProps } from './detailProps.ts'
import { Earlier } from './Earlier.tsx'
import { EarningsPart } from './EarningsPart.tsx'
import { MethodPart } from './MethodPart.tsx'
import { Risk } from './Risk.tsx'

/** All that a person needs to decide about a withdrawal, the decision first. */
export const Detail = ({ detail, req, screen }: DetailProps & { req: PayloadRequest }) => (
  <>
    <Head detail={detail} screen={screen} />
    <Amounts detail={detail} screen={screen} />
    <Approvals detail={detail} screen={screen} />
    <Actions detail={detail} screen={screen} />
    <Risk detail={detail} />
    <MethodPart detail={detail} screen={screen} />
    <EarningsPart detail={detail} screen={screen} />
    <Attempts detail={detail} screen={screen} />
    <Earlier detail={detail} screen={screen} />
    {isFinance(req) && <Audit id={detail.row.id} req={req} screen={screen} />}
  </>
)

const Head = ({ detail: { row }, screen }: DetailProps) => {
  const user = `${screen.admin}/collections/users/${row.member}`
  return (
    <header className="t-desk__head">
      <div>
        <span className="t-muted t-code">{row.reference}</span>
        <AdminLink className="t-button" href={deskHref(screen, { open: null })}>
          <Sign name="cross" size={14} />
          Back to the list
        </AdminLink>
      </div>
      <h2>{row.memberName}</h2>
      <p className="t-muted">
        Member since {screen.times.day(row.memberSince)} ·{' '}
        <AdminLink href={`${user}/statement?currency=${row.currency}`}>Statement</AdminLink> ·{' '}
        <AdminLink href={user}>Account</AdminLink>
      </p>
      <p>
        <StatusPill status={row.status} />{' '}
        {row.isPaidLate && <StatusPill status="late" word="Paid late" />}
      </p>
      {row.reason && <p className="t-quote">{row.reason}</p>}
    </header>
  )
}

/** The buttons of its state, and why the viewer cannot approve. */
const Actions = ({ detail: { row }, screen }: DetailProps) => {
  if (!screen.mayAct) return <p className="t-muted">Ask finance to decide.</p>
  return (
    <section aria-label="Decision" className="t-desk__decide">
      <RowActions hasKeys id={row.id} />
      <Effect row={row} />
    </section>
  )
}

const EFFECTS: Partial<Record<DeskDetail['row']['status'], string>> = {
  requested: 'Approving moves no money yet: the amount stays held until it is sent.',
  'on-hold': 'The money stays held. Lifting the hold asks for the approvals again.',
  approved: 'It is paid as it is. A hold or a rejection stops it.',
}

const Effect = ({ row: { status } }: Pick<DeskDetail, 'row'>) => {
  const text = EFFECTS[status]
  return text ? <p className="t-foot">{text}</p> : null
}
