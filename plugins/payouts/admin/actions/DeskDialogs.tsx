'use client'
import { useModal } from '@payloadcms/ui'

import { AnswerLateDialog } from './AnswerLateDialog.tsx'
import { ApproveDialog } from './ApproveDialog.tsx'
import { type Asked, slugOf, useDesk } from './deskContext.ts'
import { HoldDialog } from './HoldDialog.tsx'
import { KeysDialog } from './KeysDialog.tsx'
import { LiftDialog, RejectDialog } from './ReasonDialog.tsx'

/** The dialog of the action that a person has asked for. */
export const DeskDialogs = () => {
  const { asked } = useDesk()
  const { isModalOpen } = useModal()
  return asked && isModalOpen(slugOf(asked.action)) ? <Dialog asked={asked} /> : null
}

const Dialog = ({ asked: { action, items } }: { asked: Asked }) => {
  if (action === 'keys') return <KeysDialog />
  if (action === 'approve') return <ApproveDialog items={items} />
  const [item] = items
  if (!item) return null
  switch (action) {
    case 'reject':
      return <RejectDialog item={item} />
    case 'lift':
      return <LiftDialog item={item} />
    case 'hold':
      return <HoldDialog item={item} />
    case 'answer-late':
      return <AnswerLateDialog item={item} />
    case 'look-up':
      return null // it needs no question
  }
}
