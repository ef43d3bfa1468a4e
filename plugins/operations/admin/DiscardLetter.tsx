import { useState } from 'react'

import { ActionButton } from '../../../src/admin/actions/ActionButton.tsx'
import { ReasonField } from '../../../src/admin/actions/ReasonField.tsx'
import { checkReason } from '../../../src/domain/reason.ts'

/** Gives a dead letter up, with the reason why. */
export const DiscardLetter = ({
  id,
  onDone,
  what,
}: {
  id: string
  onDone: () => void
  what: string
}) => {
  const [reason, setReason] = useState('')
  return (
    <ActionButton
      body={{ reason }}
      confirmLabel="Discard it"
      done="Discarded. It will not be sent."
      heading={`Discard ${what}?`}
      isReady={checkReason(reason) !== null}
      label="Discard…"
      onDone={onDone}
      path={`/notifications/${id}/discard`}
      size="small"
      slug={`discard-${id}`}
    >
      <p>It is never sent. It stays in the list of notifications, with your reason.</p>
      <ReasonField onChange={setReason} path={`discardReason-${id}`} reason={reason} />
    </ActionButton>
  )
}
