import type { PayloadRequest, UIFieldServerProps } from 'payload'

import { isFinance, isStaff } from '../../../../collections/access.ts'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import { timesIn } from '../../../../src/admin/format/times.ts'
import type { CashbackClaim, User } from '../../../../src/payload-types.ts'
import { ClaimFileLinks } from './ClaimFileLinks.tsx'
import { CLAIM_PANEL } from './claimPanelField.ts'
import { ClaimVerdict } from './ClaimVerdict.tsx'
import { OpenClaim } from './OpenClaim.tsx'

/** What came with a claim and what can be done about it; of a decided one, who said what. */
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
          <ClaimVerdict
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
