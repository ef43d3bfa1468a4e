import { TextareaInput } from '@payloadcms/ui'
import { useState } from 'react'

import { ActionButton } from '../../../../src/admin/actions/ActionButton.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import type { Screen } from '../screen.ts'
import { explainNoDecision } from './describeUnattributed.ts'
import type { Assignments } from './useAssignments.ts'

/** The second person's decision on a pending assignment. A viewer who may not decide reads why. */
export const PendingActions = ({
  index,
  pending,
  row,
  transactions,
  screen,
}: {
  index: number
  pending: NonNullable<UnattributedRow['pending']>
  row: UnattributedRow
  transactions: Assignments
  screen: Screen
}) => {
  const barrier = explainNoDecision(pending, screen.viewer)
  const { transaction } = row
  const { id, memberName } = pending
  const shared = { id, isDisabled: barrier !== null, who: memberName ?? 'this member' }
  return (
    <div className="t-transactions__pending">
      <p className="t-idle">
        <Sign name="clock" />
        Waits for a second person
      </p>
      {screen.viewer.mayAct && (
        <div className="t-actions">
          <ApproveButton
            {...shared}
            seenMinor={transaction.cashbackMinor}
            amount={formatMoney(transaction.cashbackMinor, transaction.currency)}
            onDecided={(refusal) => void transactions.decided(row, index, refusal)}
          />
          <RejectButton
            {...shared}
            onDone={() => {
              transactions.rejected(row, index)
            }}
          />
        </div>
      )}
      {barrier && <p className="t-sub">{barrier}</p>}
    </div>
  )
}

type ButtonProps = { id: string; isDisabled: boolean; who: string }

const ApproveButton = ({
  amount,
  id,
  isDisabled,
  onDecided,
  seenMinor,
  who,
}: ButtonProps & {
  amount: string
  seenMinor: number
  onDecided: (refusal: string | null) => void
}) => (
  <ActionButton
    body={{ amountMinor: seenMinor }}
    confirmLabel={`Approve ${amount} for ${who}`}
    done="Approved."
    heading={`Assign this transaction to ${who}?`}
    isDisabled={isDisabled}
    label="Approve…"
    onDone={() => {
      onDecided(null)
    }}
    onRefused={onDecided}
    path={`/transaction-assignments/${id}/approve`}
    size="small"
    slug={`approve-${id}`}
    style="primary"
  >
    <p>
      The cashback is about {amount}, by the current figures of the transaction. It then follows the
      network: it is paid when the network approves, and taken back when the order is declined.
    </p>
  </ActionButton>
)

const RejectButton = ({ id, isDisabled, onDone, who }: ButtonProps & { onDone: () => void }) => {
  const [reason, setReason] = useState('')
  return (
    <ActionButton
      body={{ reason: reason.trim() || null }}
      confirmLabel="Reject it"
      done="Rejected."
      heading={`Reject the assignment to ${who}?`}
      isDisabled={isDisabled}
      label="Reject…"
      onDone={onDone}
      path={`/transaction-assignments/${id}/reject`}
      size="small"
      slug={`reject-${id}`}
    >
      <p>No money moves. The transaction stays unattributed and can be assigned again.</p>
      <TextareaInput
        description="Kept in the audit log. At most 500 characters."
        label="Reason"
        onChange={(event) => {
          setReason(event.target.value.slice(0, 500))
        }}
        path={`rejectReason-${id}`}
        rows={2}
        value={reason}
      />
    </ActionButton>
  )
}
