'use client'
import { useState } from 'react'

import { ActionButton } from '../../../../src/admin/ActionButton.tsx'
import { ReasonField } from '../../../../src/admin/ReasonField.tsx'
import { reasonOf } from '../../../../src/domain/reason.ts'

/** Takes a row out of what is open, with the reason why. */
export const SettleRow = ({ id }: { id: string }) => {
  const [reason, setReason] = useState('')
  return (
    <ActionButton
      body={{ reason }}
      confirmLabel="Settle it"
      done="Settled. It is no longer counted as open."
      heading="Settle this row?"
      isReady={reasonOf(reason) !== null}
      label="Settle…"
      path={`/quarantined-rows/${id}/settle`}
      slug="settle-row"
    >
      <p>
        Moves nothing: the row does not become a sale. It is no longer counted as open, even if the
        network tells exactly the same again, and stays in the list with your reason.
      </p>
      <p className="t-muted">A mended reader settles its rows when stored pages are read again.</p>
      <ReasonField onChange={setReason} path="settleReason" reason={reason} />
    </ActionButton>
  )
}
