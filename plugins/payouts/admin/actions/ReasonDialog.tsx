'use client'
import { Button } from '@payloadcms/ui'
import { type ReactNode, useState } from 'react'

import { DialogFrame } from '../../../../src/admin/actions/DialogFrame.tsx'
import { ReasonField } from '../../../../src/admin/actions/ReasonField.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import { checkReason } from '../../../../src/domain/reason.ts'
import { useFocus } from './useFocus.ts'
import type { DeskItem } from './deskItem.ts'
import { slugOf } from './deskContext.ts'
import { Refusal } from './Refusal.tsx'
import { useDecision } from './useDecision.ts'

/** Rejects a withdrawal with a reason, which the member reads. */
export const RejectDialog = ({ item }: { item: DeskItem }) => {
  const amount = formatMoney(item.grossMinor, item.currency)
  return (
    <ReasonDialog
      confirmLabel={`Reject ${amount}`}
      done={`${item.reference}: rejected. ${amount} is available to ${item.memberName} again.`}
      heading={`Reject ${amount} of ${item.memberName}?`}
      item={item}
      path="reject"
      slug={slugOf('reject')}
    >
      <p>{amount} goes back to the member’s balance, fee included. The member reads the reason.</p>
    </ReasonDialog>
  )
}

/** Lifts a hold: the withdrawal waits for its approvals again. */
export const LiftDialog = ({ item }: { item: DeskItem }) => (
  <ReasonDialog
    confirmLabel="Lift the hold"
    done={`${item.reference}: waits for its approvals again.`}
    heading={`Lift the hold of ${item.memberName}?`}
    item={item}
    path="lift-hold"
    slug={slugOf('lift')}
  >
    <p>It waits for its approvals again. Earlier ones do not count.</p>
  </ReasonDialog>
)

type Props = {
  children: ReactNode
  confirmLabel: string
  done: string
  heading: string
  item: DeskItem
  /** Below the withdrawal. */
  path: string
  slug: string
}

const ReasonDialog = ({ children, confirmLabel, done, heading, item, path, slug }: Props) => {
  const [reason, setReason] = useState('')
  const { decide, isSending, refusal } = useDecision()
  useFocus(`field-${slug}-reason`)
  const confirm = () => {
    decide({
      slug,
      path: `/withdrawals/${item.id}/${path}`,
      body: { reason },
      describe: () => [{ isBad: false, text: done }],
    })
  }
  return (
    <DialogFrame
      controls={
        <Button
          disabled={isSending || checkReason(reason) === null}
          onClick={confirm}
          size="large"
          type="button"
        >
          {confirmLabel}
        </Button>
      }
      heading={heading}
      isSending={isSending}
      slug={slug}
    >
      {children}
      <ReasonField onChange={setReason} path={`${slug}-reason`} reason={reason} />
      <Refusal text={refusal} />
    </DialogFrame>
  )
}
