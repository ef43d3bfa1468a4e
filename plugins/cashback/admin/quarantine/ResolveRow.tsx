'use client'
import { useState } from 'react'

import { ActionButton } from '../../../../src/admin/actions/ActionButton.tsx'
import { ReasonField } from '../../../../src/admin/actions/ReasonField.tsx'
import { checkReason } from '../../../../src/domain/reason.ts'

/** Resolves a quarantined row with a reason. */
export const ResolveRow = ({ id }: { id: string }) => {
  const [reason, setReason] = useState('')
  return (
    <ActionButton
      body={{ reason }}
      confirmLabel="Resolve it"
      done="Resolved. It is no longer counted as open."
      heading="Resolve this row?"
      isReady={checkReason(reason) !== null}
      label="Resolve…"
      path={`/quarantined-rows/${id}/resolve`}
      slug="resolve-row"
    >
      <p>
        The row does not become a transaction, and no money moves. It is no longer counted as open,
        even if the network sends the same row again. It stays in the list with your reason.
      </p>
      <p className="t-muted">
        After an adapter is corrected, a replay of the stored pages resolves the rows that it can
        read.
      </p>
      <ReasonField onChange={setReason} path="resolveReason" reason={reason} />
    </ActionButton>
  )
}
