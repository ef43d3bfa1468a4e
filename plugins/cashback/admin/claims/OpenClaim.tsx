import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import type { CashbackClaim } from '../../../../src/payload-types.ts'
import { TRANSACTIONS_ANCHOR } from '../unattributedPage.ts'
import { RefuseClaim } from './RefuseClaim.tsx'

/** The two ways to answer: to give its transaction to the member, or to say why there is no cashback. */
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
      Assigning its transaction to {member} accepts it.{' '}
      {mayAssign
        ? 'If no transaction is theirs, refuse it.'
        : 'Finance does that; you can refuse it.'}
    </p>
    <div className="t-claim__deeds">
      <AdminLink className="t-button" href={`${admin}/networks-and-sync#${TRANSACTIONS_ANCHOR}`}>
        Look for its transaction
      </AdminLink>
      <RefuseClaim claim={id} member={member} order={orderNumber} />
    </div>
  </div>
)
