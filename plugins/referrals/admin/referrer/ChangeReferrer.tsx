'use client'
import { useDocumentInfo, useDocumentTitle, useEditDepth, useFormModified } from '@payloadcms/ui'
import { useState } from 'react'

import { ActionButton } from '../../../../src/admin/actions/ActionButton.tsx'
import { ReasonField } from '../../../../src/admin/actions/ReasonField.tsx'
import { type MemberOption, MemberSelect } from './MemberSelect.tsx'

/** Corrects the referrer of a member. Hidden in a drawer, which is not refreshed afterwards. */
export const ChangeReferrer = () => {
  const { id } = useDocumentInfo()
  const { title } = useDocumentTitle()
  const isModified = useFormModified()
  const depth = useEditDepth()
  const [chosen, setChosen] = useState<MemberOption | null>(null)
  const [reason, setReason] = useState('')
  if (id === undefined || depth > 1) return null
  return (
    <div className="field-type">
      <ActionButton
        body={{ referrer: chosen?.value ?? null, reason }}
        confirmLabel={formatConfirmLabel(chosen)}
        done={chosen?.value ? `${chosen.name} is the referrer now.` : 'The referrer is removed.'}
        heading={`Who referred ${title}?`}
        isDisabled={isModified}
        isReady={chosen !== null}
        label="Change referrer…"
        onDone={() => {
          setChosen(null)
          setReason('')
        }}
        path={`/users/${id}/referrer`}
        slug="change-referrer"
      >
        <p>It applies to payments completed from now on. Earlier commissions stay as they are.</p>
        <MemberSelect except={String(id)} onChange={setChosen} value={chosen} />
        <ReasonField onChange={setReason} path="referrerReason" reason={reason} />
      </ActionButton>
      {isModified && <span className="t-sub">Save your changes first.</span>}
    </div>
  )
}

const formatConfirmLabel = (chosen: MemberOption | null): string =>
  chosen === null
    ? 'Change referrer'
    : chosen.value === null
      ? 'Remove the referrer'
      : `Make ${chosen.name} the referrer`
