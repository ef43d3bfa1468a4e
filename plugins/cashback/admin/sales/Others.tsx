'use client'
import { Button, TextareaInput, useModal } from '@payloadcms/ui'
import { useState } from 'react'

import { DialogFrame } from '../../../../src/admin/actions/DialogFrame.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import { FindMember } from './FindMember.tsx'
import { MatchList } from './MatchList.tsx'
import { transactionName } from './saleWords.ts'
import type { Gift } from './useUnattributed.ts'

const LONGEST = 500

type Props = { isSending: boolean; onGive: (gift: Gift) => Promise<void>; row: UnattributedRow }

/** Everybody whose transaction it may be, with what speaks for each, and a search for somebody else. */
export const Others = (props: Props) => {
  const { isModalOpen, openModal } = useModal()
  const { row } = props
  const slug = `others-${row.transaction.id}`
  const label = row.suggestions.length > 0 ? 'Others…' : 'Find member…'
  return (
    <>
      <Button
        aria-label={`${label.slice(0, -1)} for ${transactionName(row)}`}
        buttonStyle="transparent"
        disabled={props.isSending}
        margin={false}
        onClick={() => {
          openModal(slug)
        }}
        size="small"
        type="button"
      >
        {label}
      </Button>
      {isModalOpen(slug) && <Dialog {...props} slug={slug} />}
    </>
  )
}

const Dialog = ({ isSending, onGive, row, slug }: Props & { slug: string }) => {
  const { closeModal } = useModal()
  const [note, setNote] = useState('')
  const { transaction, suggestions } = row
  const give = (gift: Gift) => {
    void onGive({ ...gift, ...(note.trim() ? { note: note.trim() } : {}) }).then(() => {
      closeModal(slug)
    })
  }
  return (
    <DialogFrame heading="Whose transaction is this?" isSending={isSending} slug={slug}>
      <p>
        {transactionName(row)}: {formatMoney(transaction.cashbackMinor, transaction.currency)} of
        cashback.
      </p>
      <MatchList isSending={isSending} onGive={give} suggestions={suggestions} />
      <FindMember isSending={isSending} onGive={give} slug={slug} />
      <TextareaInput
        description={`Why it is theirs, kept with the assignment. At most ${LONGEST} characters.`}
        label="Note"
        onChange={(event) => {
          setNote(event.target.value.slice(0, LONGEST))
        }}
        path={`${slug}-note`}
        rows={2}
        value={note}
      />
    </DialogFrame>
  )
}
