'use client'
import { Button, TextareaInput, useConfig, useModal } from '@payloadcms/ui'
import { useState } from 'react'

import { DialogFrame } from '../../../../src/admin/actions/DialogFrame.tsx'
import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import type { Suggestion } from '../../../../src/cashback/attribution/suggestMembers.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { ClaimFileLinks } from '../claims/ClaimFileLinks.tsx'
import { FindMember } from './FindMember.tsx'
import { formatTransactionName } from './describeUnattributed.ts'
import { Score } from './Score.tsx'
import type { NewAssignment } from './useAssignments.ts'

const MAX_NOTE_LENGTH = 500

type Props = {
  isSending: boolean
  onAssign: (assignment: NewAssignment) => Promise<void>
  row: UnattributedRow
}

/** All suggested members with their evidence, and a search for another member. */
export const OtherMembers = (props: Props) => {
  const { isModalOpen, openModal } = useModal()
  const { row } = props
  const slug = `others-${row.transaction.id}`
  const label = row.suggestions.length > 0 ? 'Others…' : 'Find member…'
  return (
    <>
      <Button
        aria-label={`${label.slice(0, -1)} for ${formatTransactionName(row)}`}
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
      {isModalOpen(slug) && <MembersDialog {...props} slug={slug} />}
    </>
  )
}

const MembersDialog = ({ isSending, onAssign, row, slug }: Props & { slug: string }) => {
  const { closeModal } = useModal()
  const [note, setNote] = useState('')
  const { transaction, suggestions } = row
  const assign = (assignment: NewAssignment) => {
    void onAssign({ ...assignment, ...(note.trim() ? { note: note.trim() } : {}) }).then(() => {
      closeModal(slug)
    })
  }
  return (
    <DialogFrame heading="Choose the member of this transaction" isSending={isSending} slug={slug}>
      <p>
        {formatTransactionName(row)}: {formatMoney(transaction.cashbackMinor, transaction.currency)}{' '}
        of cashback.
      </p>
      <MatchList isSending={isSending} onAssign={assign} suggestions={suggestions} />
      <FindMember isSending={isSending} onAssign={assign} slug={slug} />
      <TextareaInput
        description={`Why it belongs to them, kept with the assignment. At most ${MAX_NOTE_LENGTH} characters.`}
        label="Note"
        onChange={(event) => {
          setNote(event.target.value.slice(0, MAX_NOTE_LENGTH))
        }}
        path={`${slug}-note`}
        rows={2}
        value={note}
      />
    </DialogFrame>
  )
}

/** The suggested members, each piece of evidence with its points. */
const MatchList = ({
  isSending,
  onAssign,
  suggestions,
}: {
  isSending: boolean
  onAssign: (assignment: NewAssignment) => void
  suggestions: Suggestion[]
}) => {
  const { config } = useConfig()
  return suggestions.length === 0 ? (
    <p className="t-muted">No click or claim fits well enough. Search for the member.</p>
  ) : (
    <ul className="t-matches">
      {suggestions.map(({ claim, click, files, member, memberName, reasons, score }) => (
        <li key={member}>
          <Score score={score} />
          <div>
            <span className="t-cut t-strong" title={memberName ?? undefined}>
              {memberName ?? 'A member without a name'}
            </span>
            {reasons.map(({ code, points, words }) => (
              <span className="t-sub" key={code}>
                {words}, {points} points
              </span>
            ))}
            <ClaimFileLinks api={config.routes.api} files={files} />
          </div>
          <Button
            aria-label={`Assign to ${memberName ?? 'this member'}`}
            buttonStyle="secondary"
            disabled={isSending}
            margin={false}
            onClick={() => {
              onAssign({ member, click, claim })
            }}
            size="small"
            type="button"
          >
            Assign
          </Button>
        </li>
      ))}
    </ul>
  )
}
