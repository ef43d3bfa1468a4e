'use client'
import { Button } from '@payloadcms/ui'
import { type FormEvent, useRef } from 'react'

import { Panel } from '../../../../src/admin/Panel.tsx'
import { Sign } from '../../../../src/admin/Sign.tsx'
import { StatementConfirm } from './StatementConfirm.tsx'
import { StatementFields } from './StatementFields.tsx'
import { StatementPreview } from './StatementPreview.tsx'
import { useStatementImport } from './useStatementImport.ts'

type Props = { networks: { id: string; name: string }[] }

/** A network's file of what it pays: looked at line by line first, then imported as a whole. */
export const StatementImport = ({ networks }: Props) => {
  const { change, check, checked, confirm, form, isSending, refusal } = useStatementImport(
    networks[0]?.id ?? '',
  )
  const formRef = useRef<HTMLFormElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isSending) void check()
  }
  const importNow = async () => {
    // The browser keeps a chosen file by itself.
    if (await confirm()) formRef.current?.reset()
  }
  return (
    <Panel title="Import a statement">
      <form className="t-filters" onSubmit={submit} ref={formRef}>
        <StatementFields change={change} form={form} networks={networks} />
        <Button
          buttonStyle={checked ? 'secondary' : 'primary'}
          disabled={isSending}
          margin={false}
          size="small"
          type="submit"
        >
          {isSending && !checked ? 'Checking' : 'Check the file'}
        </Button>
      </form>
      <p className="t-foot">
        CSV, up to 10 MB. Checking writes nothing. Columns are found by their names; others are set
        in the network’s settings.
      </p>
      <div aria-live="polite">
        {refusal && <Refusal words={refusal} />}
        {checked && <StatementPreview checked={checked} currency={form.currency} />}
      </div>
      {checked && (
        <StatementConfirm
          checked={checked}
          currency={form.currency}
          isSending={isSending}
          onConfirm={() => void importNow()}
        />
      )}
    </Panel>
  )
}

const Refusal = ({ words }: { words: string }) => (
  <p className="t-badge t-badge--bad">
    <Sign name="warning" />
    <span>{words}</span>
  </p>
)
