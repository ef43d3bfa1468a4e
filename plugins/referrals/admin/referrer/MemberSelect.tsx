'use client'
import { FieldLabel, ReactSelect, useConfig, useDebounce } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

export type MemberOption = { label: string; name: string; value: string | null }

const NO_REFERRER: MemberOption = { label: 'No referrer', name: 'No referrer', value: null }
const INPUT = 'field-referrer'

/** Finds a member by name, e-mail or invite code, and shows all three. */
export const MemberSelect = ({
  except,
  onChange,
  value,
}: {
  except: string
  onChange: (chosen: MemberOption | null) => void
  value: MemberOption | null
}) => {
  const [typed, setTyped] = useState('')
  const members = useMembers(typed, except)
  return (
    <div className="field-type">
      <FieldLabel htmlFor={INPUT} label="Referrer" path="referrer" required />
      <ReactSelect
        filterOption={() => true}
        inputId={INPUT}
        noOptionsMessage={() =>
          members ? 'No member has this name, e-mail or code.' : 'Searching…'
        }
        onChange={(option) => {
          onChange(option as MemberOption | null)
        }}
        onInputChange={setTyped}
        options={[...(typed ? [] : [NO_REFERRER]), ...(members ?? [])]}
        placeholder="Name, e-mail or invite code"
        {...(value ? { value } : {})}
      />
    </div>
  )
}

type Found = { id: string; name?: string | null; email: string; inviteCode?: string | null }

/** Null until the members for this text are loaded, so that Enter cannot choose one of an earlier text. */
const useMembers = (typed: string, except: string): MemberOption[] | null => {
  const { config } = useConfig()
  const search = useDebounce(typed, 200)
  const [found, setFound] = useState<{ search: string; members: MemberOption[] } | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    const url = `${config.routes.api}/users?${queryOf(search, except)}`
    fetch(url, { credentials: 'include', signal: abort.signal })
      .then(async (answer) => (await answer.json()) as { docs?: Found[] })
      .then(({ docs = [] }) => {
        setFound({ search, members: docs.map(optionOf) })
      })
      .catch(() => {
        if (!abort.signal.aborted) setFound({ search, members: [] })
      })
    return () => {
      abort.abort()
    }
  }, [config.routes.api, except, search])
  return found?.search === typed ? found.members : null
}

const optionOf = ({ email, id, inviteCode, name }: Found): MemberOption => ({
  label: [name, email, inviteCode].filter(Boolean).join(' · '),
  name: name ?? email,
  value: id,
})

const queryOf = (search: string, except: string): string => {
  const query = new URLSearchParams({
    depth: '0',
    limit: '10',
    sort: 'name',
    'where[and][0][id][not_equals]': except,
  })
  for (const field of ['name', 'email', 'inviteCode']) query.set(`select[${field}]`, 'true')
  if (search) {
    for (const [index, field] of ['name', 'email', 'inviteCode'].entries()) {
      query.set(`where[and][1][or][${index}][${field}][contains]`, search)
    }
  }
  return query.toString()
}
