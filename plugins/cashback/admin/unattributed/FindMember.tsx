'use client'
import { Button, TextInput, useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

import { maskEmail } from '../../../../src/domain/members/identity.ts'
import type { NewAssignment } from './useAssignments.ts'

/** A search for a member by name or e-mail, for a transaction without a suggestion. */
export const FindMember = ({
  isSending,
  onAssign,
  slug,
}: {
  isSending: boolean
  onAssign: (assignment: NewAssignment) => void
  slug: string
}) => {
  const [typed, setTyped] = useState('')
  const { found, note } = useMemberSearch(typed)
  return (
    <div>
      <TextInput
        description="Without a click, the merchant’s rate of today applies."
        label="Find a member by name or e-mail"
        onChange={(event: { target: { value: string } }) => {
          setTyped(event.target.value)
        }}
        path={`${slug}-find`}
        value={typed}
      />
      <p aria-live="polite" className="t-sub">
        {note}
      </p>
      <ul className="t-matches">
        {found.map((member) => (
          <Member key={member.id} isSending={isSending} member={member} onAssign={onAssign} />
        ))}
      </ul>
    </div>
  )
}

const Member = ({
  isSending,
  member: { email, id, name },
  onAssign,
}: {
  isSending: boolean
  member: FoundMember
  onAssign: (assignment: NewAssignment) => void
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
        onAssign({ member: id })
      }}
      size="small"
      type="button"
    >
      Assign
    </Button>
  </li>
)

type FoundMember = { id: string; name: string | null; email: string }
type Found = { found: FoundMember[]; note: string }

const MIN_LENGTH = 3
const MAX_MEMBERS = 6
/** The delay after the last key, so that each letter does not start a search. */
const PAUSE_MS = 300
const NOTHING: Found = { found: [], note: '' }

/** Finds members by name or e-mail with Payload's own list endpoint, which checks access. */
const useMemberSearch = (typed: string): Found => {
  const { config } = useConfig()
  const { api } = config.routes
  const [answer, setAnswer] = useState(NOTHING)
  const text = typed.trim()
  useEffect(() => {
    if (text.length < MIN_LENGTH) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      void search(api, text, stop.signal).then((found) => {
        if (!stop.signal.aborted) setAnswer(found)
      })
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [api, text])
  return text.length < MIN_LENGTH ? NOTHING : answer
}

const search = async (api: string, text: string, signal: AbortSignal): Promise<Found> => {
  const query = new URLSearchParams({
    'where[and][0][role][equals]': 'member',
    'where[and][1][or][0][email][contains]': text,
    'where[and][1][or][1][name][contains]': text,
    'select[name]': 'true',
    'select[email]': 'true',
    limit: String(MAX_MEMBERS),
    depth: '0',
    sort: 'name',
  })
  try {
    const answer = await fetch(`${api}/users?${query.toString()}`, {
      credentials: 'include',
      signal,
    })
    if (!answer.ok) return { found: [], note: `The server answered ${answer.status}.` }
    const { docs, totalDocs } = (await answer.json()) as { docs: FoundMember[]; totalDocs: number }
    if (docs.length === 0) return { found: [], note: 'No member has this name or e-mail.' }
    const note = totalDocs > docs.length ? `${docs.length} of ${totalDocs}: type more.` : ''
    return { found: docs, note }
  } catch {
    return { found: [], note: 'No answer came.' }
  }
}
