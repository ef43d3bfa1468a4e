import type { PayloadRequest, UIFieldServerProps } from 'payload'

import { isFinance, isStaff } from '../../../../collections/access.ts'
import { type Times, timesIn } from '../../../../src/admin/format/times.ts'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import type { CashbackClaim, User } from '../../../../src/payload-types.ts'
import { TRANSACTIONS_ANCHOR } from '../unattributed/unattributedPage.ts'
import { ClaimFileLinks } from './ClaimFileLinks.tsx'
import { CLAIM_PANEL } from './claimPanelField.ts'
import { RefuseClaim } from './RefuseClaim.tsx'

/** The files and actions of a claim; for a decided claim, its decision. */
export const ClaimPanel = async ({ id, req }: Pick<UIFieldServerProps, 'id' | 'req'>) => {
  if (id === undefined || !isStaff(req)) return null
  const claim = await findClaim(req, id)
  if (!claim) return null
  const { admin, api } = req.payload.config.routes
  const files = (claim.files ?? []).filter((file) => typeof file === 'object')
  const member = nameOf(claim.member) ?? 'this member'
  return (
    <div className="field-type t-claim" id={CLAIM_PANEL} tabIndex={-1}>
      <Panel title={TITLES[claim.status]}>
        {claim.status !== 'open' && (
          <ClaimDecision
            admin={admin}
            by={nameOf(claim.decidedBy)}
            claim={claim}
            times={timesIn(req.user?.collection === 'users' ? req.user.timeZone : null)}
          />
        )}
        <h4 className="t-h5">Files of the member</h4>
        {files.length === 0 && <p className="t-muted">None came with the claim.</p>}
        <ClaimFileLinks api={api} files={files} />
        {claim.status === 'open' && (
          <OpenClaim admin={admin} claim={claim} mayAssign={isFinance(req)} member={member} />
        )}
      </Panel>
    </div>
  )
}

const TITLES: Record<CashbackClaim['status'], string> = {
  open: 'Waits for an answer',
  accepted: 'Accepted',
  rejected: 'Refused',
}

const nameOf = (person: CashbackClaim['decidedBy']): string | null => {
  const found: User | null = typeof person === 'object' ? person : null
  return found && (found.name ?? found.email)
}

const findClaim = (req: PayloadRequest, id: number | string): Promise<CashbackClaim | null> =>
  req.payload.findByID({
    collection: 'cashback-claims',
    id,
    depth: 1,
    disableErrors: true,
    overrideAccess: false,
    user: req.user,
    req,
  })

/** Who answered a claim and when, the answer, and the transaction of an accepted claim. */
const ClaimDecision = ({
  admin,
  by,
  claim: { answer, decidedAt, transaction },
  times,
}: {
  admin: string
  by: string | null
  claim: CashbackClaim
  times: Times
}) => {
  const found = typeof transaction === 'object' ? transaction?.id : transaction
  return (
    <div>
      <p>
        By {by ?? 'a deleted user'}
        {decidedAt && `, ${times.minute(decidedAt)} ${times.zone}`}
        {found && (
          <>
            {' · '}
            <AdminLink href={`${admin}/collections/network-transactions/${found}`}>
              See its transaction
            </AdminLink>
          </>
        )}
      </p>
      {answer && <blockquote className="t-quote t-claim__answer">{answer}</blockquote>}
    </div>
  )
}

/** The two ways to answer: assign its transaction to the member, or refuse the claim with a reason. */
const OpenClaim = ({
  admin,
  claim: { id, orderNumber },
  mayAssign,
  member,
}: {
  admin: string
  claim: CashbackClaim
  mayAssign: boolean
  member: string
}) => (
  <div className="t-claim__open">
    <p>
      Assigning the transaction to {member} accepts the claim.{' '}
      {mayAssign
        ? 'If there is no such transaction, refuse the claim.'
        : 'Finance can assign it. You can refuse the claim.'}
    </p>
    <div className="t-claim__actions">
      <AdminLink className="t-button" href={`${admin}/networks-and-sync#${TRANSACTIONS_ANCHOR}`}>
        Look for its transaction
      </AdminLink>
      <RefuseClaim claim={id} member={member} order={orderNumber} />
    </div>
  </div>
)
