import { TextareaInput } from '@payloadcms/ui'
import { useState } from 'react'

import { ActionButton } from '../../../../src/admin/actions/ActionButton.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import type { Screen } from '../screen.ts'
import { whyNotDecide } from './saleWords.ts'
import type { Transactions } from './useUnattributed.ts'

/** The second person's word on a transaction that was asked for; who may not give it reads why. */
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
  transactions: Transactions
  screen: Screen
}) => {
  const whyNot = whyNotDecide(pending, screen.viewer)
  const { transaction } = row
  const { id, memberName } = pending
  const shared = { id, isDisabled: whyNot !== null, who: memberName ?? 'this member' }
  return (
    <div className="t-transactions__pending">
      <p className="t-idle">
        <Sign name="clock" />
        Waits for a second person
      </p>
      {screen.viewer.mayAct && (
        <div className="t-queues__deeds">
          <ApproveIt
            {...shared}
            amount={formatMoney(transaction.cashbackMinor, transaction.currency)}
            onDecided={(refusal) => void transactions.decided(row, index, refusal)}
          />
          <RejectIt
            {...shared}
            onDone={() => {
              transactions.rejected(row, index)
            }}
          />
        </div>
      )}
      {whyNot && <p className="t-sub">{whyNot}</p>}
    </div>
  )
}

type Asked = { id: string; isDisabled: boolean; who: string }

const ApproveIt = ({
  amount,
  id,
  isDisabled,
  onDecided,
  who,
}: Asked & { amount: string; onDecided: (refusal: string | null) => void }) => (
  <ActionButton
    confirmLabel={`Approve ${amount} for ${who}`}
    done="Approved."
    heading={`Give this transaction to ${who}?`}
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
      About {amount} of cashback, as the transaction looks now. It follows the network from then on:
      it is paid when the network says so, and comes back out when the order does.
    </p>
  </ActionButton>
)

const RejectIt = ({ id, isDisabled, onDone, who }: Asked & { onDone: () => void }) => {
  const [reason, setReason] = useState('')
  return (
    <ActionButton
      body={{ reason: reason.trim() || null }}
      confirmLabel="Reject it"
      done="Rejected."
      heading={`Not give this transaction to ${who}?`}
      isDisabled={isDisabled}
      label="Reject…"
      onDone={onDone}
      path={`/transaction-assignments/${id}/reject`}
      size="small"
      slug={`reject-${id}`}
    >
      <p>Nothing moves. The transaction stays open and can be assigned anew.</p>
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
