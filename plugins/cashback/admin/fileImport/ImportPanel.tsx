'use client'
import { Button } from '@payloadcms/ui'
import type { FormEvent, ReactNode } from 'react'

import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'

type Props = {
  /** The result of the check or the import. */
  children: ReactNode
  /** The confirmation, once the file is checked. */
  confirm: ReactNode
  fields: ReactNode
  file: {
    check: () => Promise<void>
    checked: unknown
    doing: 'check' | 'import' | null
    refusal: string | null
    round: number
  }
  hint: ReactNode
  /** The file cannot be checked; the hint explains why. */
  isBlocked?: boolean
  title: string
}

/** A form for a network's file, with the result of the check below. */
export const ImportPanel = (props: Props) => {
  const { children, confirm, fields, file, hint, isBlocked = false, title } = props
  const { check, checked, doing, refusal, round } = file
  const isReady = doing === null && !isBlocked
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady) void check()
  }
  return (
    <Panel title={title}>
      <form className="t-filters" key={round} onSubmit={submit}>
        {/* The form is locked while the file is read: it is imported as it was checked. */}
        <fieldset className="t-recon__fields" disabled={doing !== null}>
          {fields}
        </fieldset>
        <Button
          buttonStyle={checked === null ? 'primary' : 'secondary'}
          disabled={!isReady}
          margin={false}
          size="small"
          type="submit"
        >
          {doing === 'check' ? 'Checking' : 'Check the file'}
        </Button>
      </form>
      {hint}
      <div aria-live="polite">
        {doing && <p className="t-foot">{PROGRESS[doing]}</p>}
        {refusal && (
          <p className="t-badge t-badge--bad">
            <Sign name="warning" />
            <span>{refusal}</span>
          </p>
        )}
        {children}
      </div>
      {confirm}
    </Panel>
  )
}

const PROGRESS = {
  check: 'The file is being read. A large one takes a while.',
  import: 'The file is being imported. Stay on this page to see the result.',
}
