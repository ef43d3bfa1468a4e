import { AdminLink } from '../../../../src/admin/AdminLink.tsx'
import type { CashbackClaim } from '../../../../src/payload-types.ts'
import { SALES_ANCHOR } from '../salesPage.ts'
import { RefuseClaim } from './RefuseClaim.tsx'

/** The two ways to answer: to give its sale to the member, or to say why there is no cashback. */
export const OpenClaim = ({
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
  <div className="t-claim__ways">
    <p>
      Assigning its sale to {member} accepts it.{' '}
      {mayAssign ? 'If no sale is theirs, refuse it.' : 'Finance does that; you can refuse it.'}
    </p>
    <div className="t-claim__deeds">
      <AdminLink className="t-button" href={`${admin}/networks-and-sync#${SALES_ANCHOR}`}>
        Look for its sale
      </AdminLink>
      <RefuseClaim claim={id} member={member} order={orderNumber} />
    </div>
  </div>
)
