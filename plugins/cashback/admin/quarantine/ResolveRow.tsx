'use client'
import { useState } from 'react'

import { ActionButton } from '../../../../src/admin/actions/ActionButton.tsx'
import { ReasonField } from '../../../../src/admin/actions/ReasonField.tsx'
import { checkReason } from '../../../../src/domain/reason.ts'

/** Takes a row out of what is open, with the reason why. */
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
        Moves nothing: the row does not become a transaction. It is no longer counted as open, even
        if the network tells exactly the same again, and stays in the list with your reason.
      </p>
      <p className="t-muted">A mended reader resolves its rows when stored pages are read again.</p>
      <ReasonField onChange={setReason} path="resolveReason" reason={reason} />
    </ActionButton>
  )
}
