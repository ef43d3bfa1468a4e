'use client'
import { TextareaInput } from '@payloadcms/ui'
import { useState } from 'react'

import { ActionButton } from '../../../../src/admin/ActionButton.tsx'

const SHORTEST = 5
const LONGEST = 500

/** Takes a row out of what is open, with the reason why. */
export const SettleRow = ({ id }: { id: string }) => {
  const [reason, setReason] = useState('')
  return (
    <ActionButton
      body={{ reason: reason.trim() }}
      confirmLabel="Settle it"
      done="Settled. It is no longer counted as open."
      heading="Settle this row?"
      isReady={reason.trim().length >= SHORTEST}
      label="Settle…"
      path={`/quarantined-rows/${id}/settle`}
      slug="settle-row"
    >
      <p>
        Moves nothing: the row does not become a sale. It is no longer counted as open, even if the
        network tells exactly the same again, and stays in the list with your reason.
      </p>
      <p className="t-muted">A mended reader settles its rows when stored pages are read again.</p>
      <TextareaInput
        description="5 to 500 characters, kept in the audit log."
        label="Reason"
        onChange={(event) => {
          setReason(event.target.value.slice(0, LONGEST))
        }}
        path="settleReason"
        required
        rows={2}
        value={reason}
      />
    </ActionButton>
  )
}
