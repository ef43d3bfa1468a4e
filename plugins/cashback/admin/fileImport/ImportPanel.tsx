'use client'
import { Button } from '@payloadcms/ui'
import type { FormEvent, ReactNode } from 'react'

import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'

type Props = {
  /** What was found in the file, or became of it. */
  children: ReactNode
  /** The way on, once it is checked. */
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
  /** Nothing can be checked as things are; the hint says why. */
  isBlocked?: boolean
  title: string
}

/** A form for a network's file, with what the check says of it below. */
export const ImportPanel = (props: Props) => {
  const { children, confirm, fields, file, hint, isBlocked = false, title } = props
  const { check, checked, doing, refusal, round } = file
  const isResting = doing === null && !isBlocked
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isResting) void check()
  }
  return (
    <Panel title={title}>
      <form className="t-filters" key={round} onSubmit={submit}>
        {/* What is being read may not be changed meanwhile: it is imported as it was checked. */}
        <fieldset className="t-recon__fields" disabled={doing !== null}>
          {fields}
        </fieldset>
        <Button
          buttonStyle={checked === null ? 'primary' : 'secondary'}
          disabled={!isResting}
          margin={false}
          size="small"
          type="submit"
        >
          {doing === 'check' ? 'Checking' : 'Check the file'}
        </Button>
      </form>
      {hint}
      <div aria-live="polite">
        {doing && <p className="t-foot">{WORDS[doing]}</p>}
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

const WORDS = {
  check: 'The file is being read. A large one takes a while.',
  import: 'The file is coming in. Stay on this page to see what became of it.',
}
