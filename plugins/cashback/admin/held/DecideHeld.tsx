'use client'
import { useState } from 'react'

import { ActionButton } from '../../../../src/admin/actions/ActionButton.tsx'
import { ReasonField } from '../../../../src/admin/actions/ReasonField.tsx'
import type { HeldForReview } from '../../../../src/cashback/ingestion/overview/listHeld.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { checkReason } from '../../../../src/domain/reason.ts'

type Decided = Pick<HeldForReview, 'credits' | 'id' | 'kind'> &
  Partial<Pick<HeldForReview, 'cashbackMinor'>>

/** The second person's buttons for held credits, each with a reason. The endpoint checks it again. */
export const DecideHeld = ({ held, onDone }: { held: Decided; onDone?: () => void }) => (
  <div className="t-actions">
    <Decision held={held} verb="reject" {...(onDone && { onDone })} />
    <Decision held={held} verb="approve" {...(onDone && { onDone })} />
  </div>
)

const Decision = ({
  held: { cashbackMinor = null, credits, id, kind },
  onDone,
  verb,
}: {
  held: Decided
  verb: 'approve' | 'reject'
  onDone?: () => void
}) => {
  const [reason, setReason] = useState('')
  const isApproval = verb === 'approve'
  const amount = credits
    .map(({ amountMinor, currency }) => formatMoney(amountMinor, currency))
    .join(' and ')
  const slug = kind === 'import' ? 'file-imports' : 'transaction-assignments'
  return (
    <ActionButton
      body={{ reason, ...(cashbackMinor !== null && { amountMinor: cashbackMinor }) }}
      confirmLabel={isApproval ? `Approve ${amount}` : 'Reject'}
      done={isApproval ? `${amount} credited.` : 'Rejected. Nothing was credited.'}
      heading={isApproval ? `Credit ${amount}?` : 'Reject these credits?'}
      isReady={checkReason(reason) !== null}
      label={isApproval ? 'Approve…' : 'Reject…'}
      {...(onDone && { onDone })}
      path={`/${slug}/${id}/${verb}`}
      size="small"
      slug={`${verb}-${id}`}
      style={isApproval ? 'primary' : 'secondary'}
    >
      <p>
        {isApproval
          ? 'Compare it with the network’s portal first. The money is in the members’ wallets at once.'
          : 'No money moves. Orders that were not credited before are declined, and their members are notified.'}
      </p>
      <ReasonField onChange={setReason} path={`reason-${verb}-${id}`} reason={reason} />
    </ActionButton>
  )
}
