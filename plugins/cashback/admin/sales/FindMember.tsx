'use client'
import { Button, TextInput } from '@payloadcms/ui'
import { useState } from 'react'

import { maskEmail } from '../../../../src/domain/members/identity.ts'
import { type FoundMember, useFoundMembers } from './useFoundMembers.ts'
import type { Gift } from './useUnattributed.ts'

/** A search for the member by name or e-mail, for a transaction that nothing ties to them. */
export const FindMember = ({
  isSending,
  onGive,
  slug,
}: {
  isSending: boolean
  onGive: (gift: Gift) => void
  slug: string
}) => {
  const [typed, setTyped] = useState('')
  const { found, words } = useFoundMembers(typed)
  return (
    <div>
      <TextInput
        description="Without a click, the transaction earns what the shop gives today."
        label="Find a member by name or e-mail"
        onChange={(event: { target: { value: string } }) => {
          setTyped(event.target.value)
        }}
        path={`${slug}-find`}
        value={typed}
      />
      <p aria-live="polite" className="t-sub">
        {words}
      </p>
      <ul className="t-matches">
        {found.map((member) => (
          <Member key={member.id} isSending={isSending} member={member} onGive={onGive} />
        ))}
      </ul>
    </div>
  )
}

const Member = ({
  isSending,
  member: { email, id, name },
  onGive,
}: {
  isSending: boolean
  member: FoundMember
  onGive: (gift: Gift) => void
}) => (
  <li>
    <span>
      <span className="t-cut t-strong" title={name ?? undefined}>
        {name ?? 'A member without a name'}
      </span>
      <span className="t-sub">{maskEmail(email)}</span>
    </span>
    <Button
      aria-label={`Assign to ${name ?? maskEmail(email)}`}
      buttonStyle="secondary"
      disabled={isSending}
      margin={false}
      onClick={() => {
        onGive({ member: id })
      }}
      size="small"
      type="button"
    >
      Assign
    </Button>
  </li>
)
