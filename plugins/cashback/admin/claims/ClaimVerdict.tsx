import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import type { Times } from '../../../../src/admin/format/times.ts'
import type { CashbackClaim } from '../../../../src/payload-types.ts'

/** Who answered a claim, when, and what its member reads; of an accepted one, the transaction. */
export const ClaimVerdict = ({
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
        By {by ?? 'somebody since deleted'}
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
