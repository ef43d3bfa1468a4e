import { TextareaInput } from '@payloadcms/ui'
import { useState } from 'react'

import { ActionButton } from '../../../src/admin/ActionButton.tsx'

const SHORTEST = 5

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
      isReady={reason.trim().length >= SHORTEST}
      label="Discard…"
      onDone={onDone}
      path={`/notifications/${id}/discard`}
      size="small"
      slug={`discard-${id}`}
    >
      <p>It is never sent. It stays in the list of notifications, with your reason.</p>
      <TextareaInput
        description="5 to 500 characters, kept in the audit log."
        label="Reason"
        onChange={(event) => {
          setReason(event.target.value)
        }}
        path={`discardReason-${id}`}
        required
        rows={2}
        value={reason}
      />
    </ActionButton>
  )
}
